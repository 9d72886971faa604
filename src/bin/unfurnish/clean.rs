//! `unfurnish clean`: the article of each page.

use crate::args::{CleanArgs, Cli, InputKind, OutputFormat};
use crate::exit::Exit;
use crate::jsonl;
use crate::output::{Output, is_several};
use crate::pipeline::{self, Render};
use clap::CommandFactory;
use clap::error::ErrorKind;
use unfurnish::Links;

pub(crate) fn run(args: &CleanArgs) -> Result<Exit, clap::Error> {
    let by_name = || args.output.as_deref()?.extension()?.to_str().and_then(OutputFormat::of_extension);
    let format = args.format.or_else(by_name).unwrap_or(OutputFormat::Text);
    let usage = |kind, message: String| Err(Cli::command().error(kind, message));
    if args.blocks && !format.is_json() {
        return usage(ErrorKind::ArgumentConflict, "--blocks needs --format json or --format jsonl".into());
    }
    if args.read.encoding.is_some() && args.read.input == InputKind::Jsonl {
        return usage(
            ErrorKind::ArgumentConflict,
            "--encoding has no use with --input jsonl: JSON is UTF-8".into(),
        );
    }
    let several = is_several(&args.read);
    let output = match &args.output {
        None => Output::stdout(format.into(), several),
        Some(path) => match Output::at(path, format, &args.read, several) {
            Ok(output) => output,
            Err(problem) => return usage(ErrorKind::InvalidValue, problem.to_string()),
        },
    };
    let render = render(format, args.links.into(), args.blocks);
    let worker = pipeline::articles(&args.read, args.extract.extractor(args.blocks), render);
    Ok(pipeline::run(&args.read, worker, output, args.output.as_deref(), several))
}

fn render(format: OutputFormat, links: Links, blocks: bool) -> Box<Render> {
    match format {
        OutputFormat::Text => Box::new(|_, article, _| article.text().to_owned()),
        OutputFormat::Markdown => Box::new(move |_, article, _| article.to_markdown_with(links)),
        OutputFormat::Html => Box::new(move |_, article, _| article.to_html_with(links)),
        OutputFormat::Json | OutputFormat::Jsonl => {
            Box::new(move |_, article, id| jsonl::object(id, article, blocks))
        }
    }
}
