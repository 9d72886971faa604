pub fn compare(_: &[String]) {}
