//! Operations by the static segments of their paths.

pub mod groups {
    //! Operations below `/groups`.

    use crate::sample::graph::ConversationThread;
    use msgraph_core::{Created, Grant, NoContent, Operation, Page, Permissions, Success};

    const READ_WRITE: Permissions = Permissions {
        delegated_work: Grant::OneOf(&["Group.ReadWrite.All"]),
        delegated_personal: Grant::NotSupported,
        application: Grant::NotSupported,
    };

    /// Create conversation thread.
    ///
    /// `POST /groups/{group-id}/threads`
    #[doc(alias = "create_conversationthread_from_group")]
    pub enum CreateThreads {}

    impl Operation for CreateThreads {
        const NAME: &'static str = "create_conversationthread_from_group";
        const METHOD: http::Method = http::Method::POST;
        const PATH: &'static str = "/groups/{group-id}/threads";
        const PERMISSIONS: Permissions = READ_WRITE;
        const DOCS: Option<&'static str> =
            Some("https://learn.microsoft.com/graph/api/group-post-threads?view=graph-rest-1.0");
        type Request = ConversationThread;
        type Response = Created<ConversationThread>;
    }

    /// List threads.
    ///
    /// `GET /groups/{group-id}/threads`
    pub enum ListThreads {}

    impl Operation for ListThreads {
        const NAME: &'static str = "get_group_threads";
        const METHOD: http::Method = http::Method::GET;
        const PATH: &'static str = "/groups/{group-id}/threads";
        const PERMISSIONS: Permissions = READ_WRITE;
        const DOCS: Option<&'static str> = None;
        type Request = ();
        type Response = Success<Page<ConversationThread>>;
    }

    /// Delete a thread.
    ///
    /// `DELETE /groups/{group-id}/threads/{conversationThread-id}`
    pub enum DeleteThreads {}

    impl Operation for DeleteThreads {
        const NAME: &'static str = "delete_conversationthread";
        const METHOD: http::Method = http::Method::DELETE;
        const PATH: &'static str = "/groups/{group-id}/threads/{conversationThread-id}";
        const PERMISSIONS: Permissions = READ_WRITE;
        const DOCS: Option<&'static str> = None;
        type Request = ();
        type Response = NoContent;
    }
}
