# Read by the scripts beside it: lets numpy compute the same on every x86-64.
#
# With AVX-512 its exponentials and sums differ in the last bit from those without, which is enough to turn a rounded weight
# or a split of a tree. AVX2 is what nearly every machine has.
export NPY_DISABLE_CPU_FEATURES="X86_V4 AVX512_ICL AVX512_SPR" OPENBLAS_CORETYPE=Haswell
