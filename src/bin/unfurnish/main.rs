//! The command line: a guest of the library. It parses, calls and prints.
#![forbid(unsafe_code)]
// Printing is what this program is for; everything goes through writers that know about closed pipes.
#![allow(clippy::print_stderr)]

mod args;
mod body;
mod clean;
mod copies_args;
mod date;
mod dedup;
mod diff;
mod document;
mod exit;
mod explain;
mod feed;
mod fingerprint;
mod jsonl;
mod lines;
mod object;
mod output;
mod pipeline;
mod pool;
mod pretty;
mod problem;
mod read;
mod report;
mod spool;
#[path = "../../temporary.rs"]
mod temporary;
mod terminal;
mod write;

use args::{Cli, Command};
use clap::error::ErrorKind;
use clap::{CommandFactory, Parser};
use exit::Exit;

fn main() -> std::process::ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return usage(error).into(),
    };
    let exit = match cli.command {
        Command::Clean(args) => clean::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Dedup(args) => dedup::run(&args),
        Command::Fingerprint(args) => Ok(fingerprint::run(&args)),
        Command::Diff(args) => Ok(diff::run(&args)),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "unfurnish", &mut script);
            Ok(output::print(&script))
        }
        Command::Man { command } => man(command.as_deref()),
    };
    exit.unwrap_or_else(usage).into()
}

/// Says what is wrong with the command line, or prints the help or version that was asked for.
fn usage(error: clap::Error) -> Exit {
    let exit = if error.use_stderr() { Exit::Usage } else { Exit::Fine };
    // A closed pipe is the reader's wish to hear no more.
    let _ = error.print();
    if error.kind() == ErrorKind::InvalidSubcommand {
        let first = std::env::args_os().nth(1).unwrap_or_default();
        if std::path::Path::new(&first).exists() {
            eprintln!(
                "\n  tip: to clean that file: unfurnish clean {}",
                terminal::one_line(&first.to_string_lossy())
            );
        }
    }
    exit
}

/// Prints the manual page of the program or of one command.
fn man(name: Option<&str>) -> Result<Exit, clap::Error> {
    let mut program = Cli::command();
    program.build();
    let command = match name {
        None => program,
        Some(name) => match program.find_subcommand(name) {
            Some(command) => command.clone(),
            None => {
                let names: Vec<&str> = program.get_subcommands().map(clap::Command::get_name).collect();
                let message = format!("there is no command '{name}'; the commands are {}", names.join(", "));
                return Err(Cli::command().error(ErrorKind::InvalidValue, message));
            }
        },
    };
    let mut page = Vec::new();
    match clap_mangen::Man::new(command).render(&mut page) {
        Ok(()) => Ok(output::print(&page)),
        Err(error) => {
            Err(Cli::command().error(ErrorKind::Io, format!("cannot write the manual page: {error}")))
        }
    }
}
