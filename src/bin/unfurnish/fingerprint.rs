//! `unfurnish fingerprint`: the fingerprint of each document's body.

use crate::body::{self, Bodies, Print};
use crate::copies_args::{CopiesFormat, FingerprintArgs};
use crate::document::Written;
use crate::exit::Exit;
use crate::jsonl;
use crate::output::{Output, is_several};
use crate::pipeline::{self, Worker};
use unfurnish::Fingerprint;

pub(crate) fn run(args: &FingerprintArgs) -> Exit {
    let several = is_several(&args.read);
    let output = Output::stdout(args.format.into(), several);
    let bodies = Bodies::new(args.body.clean);
    let format = args.format;
    let worker = Worker::new(&args.read, Bodies::prefer(args.body.clean), move |subject, scratch| {
        let id = body::id(&subject);
        let Print { print, notes, .. } = bodies.print(&subject.page, scratch);
        let text = match format {
            CopiesFormat::Text => format!("{}\t{print}", jsonl::plain(&id)),
            CopiesFormat::Json | CopiesFormat::Jsonl => object(&id, &print),
        };
        Written { text, notes }
    });
    pipeline::run(&args.read, worker, output, None, several)
}

/// The object that is written for a fingerprint.
fn object(id: &str, print: &Fingerprint) -> String {
    format!(
        r#"{{"id":{id},"fingerprint":"{print}","words":{},"weak":{},"exact":"{:032x}","simhash64":"{:016x}"}}"#,
        print.words(),
        print.is_weak(),
        print.exact(),
        print.simhash64().to_bits(),
    )
}
