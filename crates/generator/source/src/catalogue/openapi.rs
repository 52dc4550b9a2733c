//! Codes of `openapi`.

codes! { "openapi":
    EMPTY = "empty" Error;
    MALFORMED = "malformed" Error;
    TAG = "tag" Error;
    ALIAS = "alias" Error;
    KEY = "key" Error;
    DUPLICATE_KEY = "duplicate_key" Error;
    SEVERAL_DOCUMENTS = "several_documents" Error;
    TOO_DEEP = "too_deep" Error;
    TOO_LARGE = "too_large" Error;
    ROOT = "root" Error;
    VERSION = "version" Error;
    DUPLICATE_PATH = "duplicate_path" Error;
    TWIN_PATH = "twin_path" Warning;
    EXTERNAL_REFERENCE = "external_reference" Error;
    UNRESOLVED_REFERENCE = "unresolved_reference" Error;
    REFERENCE_CYCLE = "reference_cycle" Error;
    ALL_OF_CYCLE = "all_of_cycle" Error;
    LOST_PATH = "lost_path" Warning;
    NOT_SUPPORTED = "not_supported" Warning;
    OTHER_CONTENT = "other_content" Note;
    UNION = "union" Note;
}
