//! Codes of the output: what can stand in the way of writing it, and what `--check` finds.

codes! { "output":
    NOT_A_FOLDER = "not_a_folder" Error;
    FOREIGN_FILE = "foreign_file" Error;
    UNSAFE_PATH = "unsafe_path" Error;
    IO = "io" Error;
    STALE = "stale" Error;
    MISSING = "missing" Error;
    ORPHANED = "orphaned" Error;
}
