//! The generated traits of both versions, each answered by the same mailbox.
//!
//! Nothing is decided here. The crates of v1.0 and beta are apart, and so are their traits; their methods have the same
//! names, so that one list of them is enough.

use std::sync::Arc;

use msgraph_core::{Accepted, Content, Created, NoContent, Page, Success};
use msgraph_server::{Context, ServiceError};

use crate::mailbox::{Extended, Mailbox, Place};

type Answer<T> = Result<T, ServiceError>;

/// A mailbox behind the traits of one version.
macro_rules! version {
    ($service:ident, $server:ident, $models:ident) => {
        #[doc = concat!("The mailbox behind the traits of `", stringify!($server), "`.")]
        pub(crate) struct $service(pub(crate) Arc<Mailbox>);

        impl $server::Groups for $service {
            async fn list(&self, context: Context) -> Answer<Success<Page<$models::graph::Group>>> {
                self.0.list_groups(&context).await
            }

            async fn get(
                &self,
                group: String,
                context: Context,
            ) -> Answer<Success<$models::graph::Group>> {
                self.0.get_group(&group, &context).await
            }
        }

        impl $server::GroupDelta for $service {
            async fn delta(
                &self,
                context: Context,
            ) -> Answer<Success<Page<$models::graph::Group>>> {
                self.0.groups_delta(&context).await
            }
        }

        impl $server::GroupConversations for $service {
            async fn list(
                &self,
                group: String,
                context: Context,
            ) -> Answer<Success<Page<$models::graph::Conversation>>> {
                self.0.list_conversations(&group, &context).await
            }

            async fn create(
                &self,
                group: String,
                body: $models::graph::Conversation,
                context: Context,
            ) -> Answer<Created<$models::graph::Conversation>> {
                self.0.create_conversation(&group, &body, &context).await
            }

            async fn get(
                &self,
                group: String,
                conversation: String,
                context: Context,
            ) -> Answer<Success<$models::graph::Conversation>> {
                self.0.get_conversation(&group, &conversation, &context).await
            }

            async fn delete(
                &self,
                group: String,
                conversation: String,
                context: Context,
            ) -> Answer<NoContent> {
                self.0.delete_conversation(&group, &conversation, &context).await
            }
        }

        impl $server::GroupThreads for $service {
            async fn list(
                &self,
                group: String,
                context: Context,
            ) -> Answer<Success<Page<$models::graph::ConversationThread>>> {
                self.0.list_threads(&group, None, &context).await
            }

            async fn create(
                &self,
                group: String,
                body: $models::graph::ConversationThread,
                context: Context,
            ) -> Answer<Created<$models::graph::ConversationThread>> {
                self.0.create_thread(&group, None, &body, &context).await
            }

            async fn get(
                &self,
                group: String,
                thread: String,
                context: Context,
            ) -> Answer<Success<$models::graph::ConversationThread>> {
                self.0.get_thread(&Place::thread(group, None, thread), &context).await
            }

            async fn update(
                &self,
                group: String,
                thread: String,
                body: $models::graph::ConversationThread,
                context: Context,
            ) -> Answer<Success<$models::graph::ConversationThread>> {
                self.0.update_thread(&Place::thread(group, None, thread), &body, &context).await
            }

            async fn delete(
                &self,
                group: String,
                thread: String,
                context: Context,
            ) -> Answer<NoContent> {
                self.0.delete_thread(&Place::thread(group, None, thread), &context).await
            }
        }

        impl $server::ConversationThreads for $service {
            async fn list(
                &self,
                group: String,
                conversation: String,
                context: Context,
            ) -> Answer<Success<Page<$models::graph::ConversationThread>>> {
                self.0.list_threads(&group, Some(&conversation), &context).await
            }

            async fn create(
                &self,
                group: String,
                conversation: String,
                body: $models::graph::ConversationThread,
                context: Context,
            ) -> Answer<Created<$models::graph::ConversationThread>> {
                self.0.create_thread(&group, Some(&conversation), &body, &context).await
            }

            async fn get(
                &self,
                group: String,
                conversation: String,
                thread: String,
                context: Context,
            ) -> Answer<Success<$models::graph::ConversationThread>> {
                let place = Place::thread(group, Some(conversation), thread);
                self.0.get_thread(&place, &context).await
            }

            async fn update(
                &self,
                group: String,
                conversation: String,
                thread: String,
                body: $models::graph::ConversationThread,
                context: Context,
            ) -> Answer<Success<$models::graph::ConversationThread>> {
                let place = Place::thread(group, Some(conversation), thread);
                self.0.update_thread(&place, &body, &context).await
            }

            async fn delete(
                &self,
                group: String,
                conversation: String,
                thread: String,
                context: Context,
            ) -> Answer<NoContent> {
                let place = Place::thread(group, Some(conversation), thread);
                self.0.delete_thread(&place, &context).await
            }
        }

        impl $server::ConversationThreadReply for $service {
            async fn reply(
                &self,
                group: String,
                conversation: Option<String>,
                thread: String,
                body: $models::parameters::ConversationThreadReplyParameters,
                context: Context,
            ) -> Answer<Accepted> {
                self.0.reply(&Place::thread(group, conversation, thread), &body, &context).await
            }
        }

        impl $server::ConversationThreadPosts for $service {
            async fn list(
                &self,
                group: String,
                conversation: Option<String>,
                thread: String,
                context: Context,
            ) -> Answer<Success<Page<$models::graph::Post>>> {
                self.0.list_posts(&Place::thread(group, conversation, thread), &context).await
            }

            async fn get(
                &self,
                group: String,
                conversation: Option<String>,
                thread: String,
                post: String,
                context: Context,
            ) -> Answer<Success<$models::graph::Post>> {
                self.0.get_post(&Place::post(group, conversation, thread, post), &context).await
            }
        }

        impl $server::PostReply for $service {
            async fn reply(
                &self,
                group: String,
                conversation: Option<String>,
                thread: String,
                post: String,
                body: $models::parameters::PostReplyParameters,
                context: Context,
            ) -> Answer<Accepted> {
                let place = Place::post(group, conversation, thread, post);
                self.0.reply(&place, &body, &context).await
            }
        }

        impl $server::PostForward for $service {
            async fn forward(
                &self,
                group: String,
                conversation: Option<String>,
                thread: String,
                post: String,
                body: $models::parameters::PostForwardParameters,
                _context: Context,
            ) -> Answer<Success<()>> {
                self.0.forward(&Place::post(group, conversation, thread, post), &body).await
            }
        }

        impl $server::PostAttachments for $service {
            async fn list(
                &self,
                group: String,
                conversation: Option<String>,
                thread: String,
                post: String,
                context: Context,
            ) -> Answer<Success<Page<$models::graph::Attachment>>> {
                let place = Place::post(group, conversation, thread, post);
                self.0.list_attachments(&place, &context).await
            }

            async fn get(
                &self,
                group: String,
                conversation: Option<String>,
                thread: String,
                post: String,
                attachment: String,
                context: Context,
            ) -> Answer<Success<$models::graph::Attachment>> {
                let place = Place::post(group, conversation, thread, post);
                self.0.get_attachment(&place, &attachment, &context).await
            }

            async fn delete(
                &self,
                group: String,
                conversation: Option<String>,
                thread: String,
                post: String,
                attachment: String,
                context: Context,
            ) -> Answer<NoContent> {
                let place = Place::post(group, conversation, thread, post);
                self.0.delete_attachment(&place, &attachment, &context).await
            }

            async fn get_value(
                &self,
                group: String,
                conversation: Option<String>,
                thread: String,
                post: String,
                attachment: String,
                _context: Context,
            ) -> Answer<Success<Content>> {
                let place = Place::post(group, conversation, thread, post);
                self.0.attachment_content(&place, &attachment).await
            }
        }

        impl $server::AttachmentCreateUploadSession for $service {
            async fn create_upload_session(
                &self,
                group: String,
                conversation: Option<String>,
                thread: String,
                post: String,
                body: $models::parameters::AttachmentCreateUploadSessionParameters,
                context: Context,
            ) -> Answer<Created<$models::graph::UploadSession>> {
                let place = Place::post(group, conversation, thread, post);
                self.0.create_upload_session(place, &body, &context).await
            }
        }

        impl $server::GroupExtensions for $service {
            async fn create(
                &self,
                group: String,
                body: $models::graph::Extension,
                _context: Context,
            ) -> Answer<Created<$models::graph::Extension>> {
                self.0.create_extension(&Extended::Group(group), &body).await
            }

            async fn get(
                &self,
                group: String,
                extension: String,
                context: Context,
            ) -> Answer<Success<$models::graph::Extension>> {
                self.0.get_extension(&Extended::Group(group), &extension, &context).await
            }

            async fn update(
                &self,
                group: String,
                extension: String,
                body: $models::graph::Extension,
                context: Context,
            ) -> Answer<Success<$models::graph::Extension>> {
                self.0.update_extension(&Extended::Group(group), &extension, &body, &context).await
            }

            async fn delete(
                &self,
                group: String,
                extension: String,
                context: Context,
            ) -> Answer<NoContent> {
                self.0.delete_extension(&Extended::Group(group), &extension, &context).await
            }
        }

        impl $server::PostExtensions for $service {
            async fn create(
                &self,
                group: String,
                conversation: Option<String>,
                thread: String,
                post: String,
                body: $models::graph::Extension,
                _context: Context,
            ) -> Answer<Created<$models::graph::Extension>> {
                let of = Extended::Post(Place::post(group, conversation, thread, post));
                self.0.create_extension(&of, &body).await
            }

            async fn get(
                &self,
                group: String,
                conversation: Option<String>,
                thread: String,
                post: String,
                extension: String,
                context: Context,
            ) -> Answer<Success<$models::graph::Extension>> {
                let of = Extended::Post(Place::post(group, conversation, thread, post));
                self.0.get_extension(&of, &extension, &context).await
            }

            async fn update(
                &self,
                group: String,
                conversation: Option<String>,
                thread: String,
                post: String,
                extension: String,
                body: $models::graph::Extension,
                context: Context,
            ) -> Answer<Success<$models::graph::Extension>> {
                let of = Extended::Post(Place::post(group, conversation, thread, post));
                self.0.update_extension(&of, &extension, &body, &context).await
            }

            async fn delete(
                &self,
                group: String,
                conversation: Option<String>,
                thread: String,
                post: String,
                extension: String,
                context: Context,
            ) -> Answer<NoContent> {
                let of = Extended::Post(Place::post(group, conversation, thread, post));
                self.0.delete_extension(&of, &extension, &context).await
            }
        }
    };
}

version!(V1, msgraph_v1_server, msgraph_v1_models);
version!(Beta, msgraph_beta_server, msgraph_beta_models);
