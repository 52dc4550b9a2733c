//! The generated traits of both versions, each answered by the same mailbox.
//!
//! Nothing is decided here. The crates of v1.0 and beta are apart, and so are their traits; their methods have the same
//! names, so that one list of them is enough: of each what it is given and answers, and behind `=` who answers it.

use std::sync::Arc;

use msgraph_core::{Accepted, Content, Created, NoContent, Page, Success};
use msgraph_server::{Context, ServiceError};

use crate::mailbox::{Extended, Mailbox, Place};

pub(crate) use beta::Service as Beta;
pub(crate) use v1::Service as V1;

type Answer<T> = Result<T, ServiceError>;

/// An id in the path of a request.
type Id = String;

/// A trait of a generated server for `Service`, as a list of its methods and of the mailbox's that answer them.
macro_rules! answered {
    ($trait:ident {$(
        $method:ident($($name:ident: $type:ty),*) -> $answer:ty
            = $answerer:ident($($argument:expr),*);
    )*}) => {
        impl server::$trait for Service {$(
            async fn $method(&self, $($name: $type),*) -> Answer<$answer> {
                self.0.$answerer($($argument),*).await
            }
        )*}
    };
}

/// The mailbox behind all traits of one version, whose module this fills.
macro_rules! version {
    ($server:ident, $models:ident) => {
        use super::*;
        use $models::graph::*;
        use $models::parameters::*;
        use $server as server;

        #[doc = concat!("The mailbox behind the traits of `", stringify!($server), "`.")]
        pub(crate) struct Service(pub(crate) Arc<Mailbox>);

        answered! { Groups {
            list(context: Context) -> Success<Page<Group>>
                = list_groups(&context);
            get(group: Id, context: Context) -> Success<Group>
                = get_group(&group, &context);
        }}

        answered! { GroupDelta {
            delta(context: Context) -> Success<Page<Group>>
                = groups_delta(&context);
        }}

        answered! { GroupConversations {
            list(group: Id, context: Context) -> Success<Page<Conversation>>
                = list_conversations(&group, &context);
            create(group: Id, body: Conversation, context: Context) -> Created<Conversation>
                = create_conversation(&group, &body, &context);
            get(group: Id, conversation: Id, context: Context) -> Success<Conversation>
                = get_conversation(&group, &conversation, &context);
            delete(group: Id, conversation: Id, context: Context) -> NoContent
                = delete_conversation(&group, &conversation, &context);
        }}

        answered! { GroupThreads {
            list(group: Id, context: Context) -> Success<Page<ConversationThread>>
                = list_threads(&group, None, &context);
            create(group: Id, body: ConversationThread, context: Context)
                -> Created<ConversationThread>
                = create_thread(&group, None, &body, &context);
            get(group: Id, thread: Id, context: Context) -> Success<ConversationThread>
                = get_thread(&Place::thread(group, None, thread), &context);
            update(group: Id, thread: Id, body: ConversationThread, context: Context)
                -> Success<ConversationThread>
                = update_thread(&Place::thread(group, None, thread), &body, &context);
            delete(group: Id, thread: Id, context: Context) -> NoContent
                = delete_thread(&Place::thread(group, None, thread), &context);
        }}

        answered! { ConversationThreads {
            list(group: Id, conversation: Id, context: Context)
                -> Success<Page<ConversationThread>>
                = list_threads(&group, Some(&conversation), &context);
            create(group: Id, conversation: Id, body: ConversationThread, context: Context)
                -> Created<ConversationThread>
                = create_thread(&group, Some(&conversation), &body, &context);
            get(group: Id, conversation: Id, thread: Id, context: Context)
                -> Success<ConversationThread>
                = get_thread(&Place::thread(group, Some(conversation), thread), &context);
            update(group: Id, conversation: Id, thread: Id, body: ConversationThread,
                context: Context) -> Success<ConversationThread>
                = update_thread(&Place::thread(group, Some(conversation), thread), &body, &context);
            delete(group: Id, conversation: Id, thread: Id, context: Context) -> NoContent
                = delete_thread(&Place::thread(group, Some(conversation), thread), &context);
        }}

        answered! { ConversationThreadReply {
            reply(group: Id, conversation: Option<Id>, thread: Id,
                body: ConversationThreadReplyParameters, context: Context) -> Accepted
                = reply(&Place::thread(group, conversation, thread), &body, &context);
        }}

        answered! { ConversationThreadPosts {
            list(group: Id, conversation: Option<Id>, thread: Id, context: Context)
                -> Success<Page<Post>>
                = list_posts(&Place::thread(group, conversation, thread), &context);
            get(group: Id, conversation: Option<Id>, thread: Id, post: Id, context: Context)
                -> Success<Post>
                = get_post(&Place::post(group, conversation, thread, post), &context);
        }}

        answered! { PostReply {
            reply(group: Id, conversation: Option<Id>, thread: Id, post: Id,
                body: PostReplyParameters, context: Context) -> Accepted
                = reply(&Place::post(group, conversation, thread, post), &body, &context);
        }}

        answered! { PostForward {
            forward(group: Id, conversation: Option<Id>, thread: Id, post: Id,
                body: PostForwardParameters, _context: Context) -> Success<()>
                = forward(&Place::post(group, conversation, thread, post), &body);
        }}

        answered! { PostAttachments {
            list(group: Id, conversation: Option<Id>, thread: Id, post: Id, context: Context)
                -> Success<Page<Attachment>>
                = list_attachments(&Place::post(group, conversation, thread, post), &context);
            get(group: Id, conversation: Option<Id>, thread: Id, post: Id, attachment: Id,
                context: Context) -> Success<Attachment>
                = get_attachment(&Place::post(group, conversation, thread, post),
                    &attachment, &context);
            delete(group: Id, conversation: Option<Id>, thread: Id, post: Id, attachment: Id,
                context: Context) -> NoContent
                = delete_attachment(&Place::post(group, conversation, thread, post),
                    &attachment, &context);
            get_value(group: Id, conversation: Option<Id>, thread: Id, post: Id, attachment: Id,
                _context: Context) -> Success<Content>
                = attachment_content(&Place::post(group, conversation, thread, post), &attachment);
        }}

        answered! { AttachmentCreateUploadSession {
            create_upload_session(group: Id, conversation: Option<Id>, thread: Id, post: Id,
                body: AttachmentCreateUploadSessionParameters, context: Context)
                -> Created<UploadSession>
                = create_upload_session(Place::post(group, conversation, thread, post),
                    &body, &context);
        }}

        answered! { GroupExtensions {
            create(group: Id, body: Extension, _context: Context) -> Created<Extension>
                = create_extension(&Extended::Group(group), &body);
            get(group: Id, extension: Id, context: Context) -> Success<Extension>
                = get_extension(&Extended::Group(group), &extension, &context);
            update(group: Id, extension: Id, body: Extension, context: Context)
                -> Success<Extension>
                = update_extension(&Extended::Group(group), &extension, &body, &context);
            delete(group: Id, extension: Id, context: Context) -> NoContent
                = delete_extension(&Extended::Group(group), &extension, &context);
        }}

        answered! { PostExtensions {
            create(group: Id, conversation: Option<Id>, thread: Id, post: Id, body: Extension,
                _context: Context) -> Created<Extension>
                = create_extension(&Extended::post(group, conversation, thread, post), &body);
            get(group: Id, conversation: Option<Id>, thread: Id, post: Id, extension: Id,
                context: Context) -> Success<Extension>
                = get_extension(&Extended::post(group, conversation, thread, post),
                    &extension, &context);
            update(group: Id, conversation: Option<Id>, thread: Id, post: Id, extension: Id,
                body: Extension, context: Context) -> Success<Extension>
                = update_extension(&Extended::post(group, conversation, thread, post),
                    &extension, &body, &context);
            delete(group: Id, conversation: Option<Id>, thread: Id, post: Id, extension: Id,
                context: Context) -> NoContent
                = delete_extension(&Extended::post(group, conversation, thread, post),
                    &extension, &context);
        }}
    };
}

mod v1 {
    version!(msgraph_v1_server, msgraph_v1_models);
}

mod beta {
    version!(msgraph_beta_server, msgraph_beta_models);
}
