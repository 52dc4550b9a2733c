//! Operations by the static segments of their paths.

pub mod groups {
    //! Operations below `/groups`.

    use crate::sample::graph::ConversationThread;
    use msgraph_core::{Created, Grant, NoContent, Operation, Page, Permissions, Spec, Success};

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
        const SPEC: Spec = Spec {
            name: "create_conversationthread_from_group",
            method: &http::Method::POST,
            path: "/groups/{group-id}/threads",
            permissions: READ_WRITE,
            docs: Some(
                "https://learn.microsoft.com/graph/api/group-post-threads?view=graph-rest-1.0",
            ),
        };
        type Request = ConversationThread;
        type Response = Created<ConversationThread>;
    }

    /// List threads.
    ///
    /// `GET /groups/{group-id}/threads`
    pub enum ListThreads {}

    impl Operation for ListThreads {
        const SPEC: Spec = Spec {
            name: "get_group_threads",
            method: &http::Method::GET,
            path: "/groups/{group-id}/threads",
            permissions: READ_WRITE,
            docs: None,
        };
        type Request = ();
        type Response = Success<Page<ConversationThread>>;
    }

    /// Delete a thread.
    ///
    /// `DELETE /groups/{group-id}/threads/{conversationThread-id}`
    pub enum DeleteThreads {}

    impl Operation for DeleteThreads {
        const SPEC: Spec = Spec {
            name: "delete_conversationthread",
            method: &http::Method::DELETE,
            path: "/groups/{group-id}/threads/{conversationThread-id}",
            permissions: READ_WRITE,
            docs: None,
        };
        type Request = ();
        type Response = NoContent;
    }
}
