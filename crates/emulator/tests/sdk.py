"""Drives the emulator with Microsoft's own library for Python through the thread family.

Arguments: the base URL of v1.0, a token, the id of a group that has a thread. Ends with an exception where something is
not as the documentation tells.
"""

import asyncio
import sys

from kiota_abstractions.authentication import (
    AccessTokenProvider,
    AllowedHostsValidator,
    BaseBearerTokenAuthenticationProvider,
)
from kiota_abstractions.base_request_configuration import RequestConfiguration
from msgraph import GraphRequestAdapter, GraphServiceClient
from msgraph.generated.groups.item.threads.threads_request_builder import ThreadsRequestBuilder
from msgraph.generated.groups.item.threads.item.posts.posts_request_builder import PostsRequestBuilder
from msgraph.generated.groups.item.threads.item.posts.item.forward.forward_post_request_body import (
    ForwardPostRequestBody,
)
from msgraph.generated.groups.item.threads.item.posts.item.reply.reply_post_request_body import (
    ReplyPostRequestBody as ReplyToPost,
)
from msgraph.generated.groups.item.threads.item.reply.reply_post_request_body import (
    ReplyPostRequestBody as ReplyToThread,
)
from msgraph.generated.models.body_type import BodyType
from msgraph.generated.models.conversation import Conversation
from msgraph.generated.models.conversation_thread import ConversationThread
from msgraph.generated.models.email_address import EmailAddress
from msgraph.generated.models.file_attachment import FileAttachment
from msgraph.generated.models.item_body import ItemBody
from msgraph.generated.models.o_data_errors.o_data_error import ODataError
from msgraph.generated.models.open_type_extension import OpenTypeExtension
from msgraph.generated.models.post import Post
from msgraph.generated.models.recipient import Recipient


class Token(AccessTokenProvider):
    """One token, whatever is asked for."""

    def __init__(self, token):
        self.token = token

    async def get_authorization_token(self, uri, additional_authentication_context={}):
        return self.token

    def get_allowed_hosts_validator(self):
        return AllowedHostsValidator([])


def post(text, **members):
    return Post(body=ItemBody(content_type=BodyType.Text, content=text), **members)


def recipient(name):
    address = EmailAddress(name=name, address=f"{name.lower()}@example.org")
    return Recipient(email_address=address)


async def run(base_url, token, group_id):
    adapter = GraphRequestAdapter(BaseBearerTokenAuthenticationProvider(Token(token)))
    adapter.base_url = base_url
    graph = GraphServiceClient(request_adapter=adapter)
    groups = await graph.groups.get()
    assert group_id in [group.id for group in groups.value]
    group = graph.groups.by_group_id(group_id)
    assert (await group.get()).display_name == "Gardeners"

    # A thread makes its conversation; its members follow from its post.
    thread = await group.threads.post(
        ConversationThread(topic="From Python", posts=[post("Hello", new_participants=[recipient("Alex")])])
    )
    assert thread.topic == "From Python" and thread.preview == "Hello" and not thread.is_locked
    assert thread.to_recipients[0].email_address.address == "alex@example.org"
    one = group.threads.by_conversation_thread_id(thread.id)

    # Query options, and pages by their links.
    for topic in ["A", "B", "C"]:
        await group.threads.post(ConversationThread(topic=topic, posts=[post(topic)]))
    query = ThreadsRequestBuilder.ThreadsRequestBuilderGetQueryParameters(
        top=2, select=["id", "topic"], orderby=["topic desc"], filter="topic ne 'B'", count=True
    )
    page = await group.threads.get(request_configuration=RequestConfiguration(query_parameters=query))
    assert page.odata_count == 4, page.odata_count
    topics = [thread.topic for thread in page.value]
    assert page.value[0].preview is None
    while page.odata_next_link:
        page = await group.threads.with_url(page.odata_next_link).get()
        topics += [thread.topic for thread in page.value]
    assert topics == ["Seeds for spring", "From Python", "C", "A"], topics

    # Replies, attachments, and what is expanded.
    await one.reply.post(ReplyToThread(post=post("Again")))
    posts = (await one.posts.get()).value
    assert [post.body.content for post in posts] == ["Hello", "Again"]
    first = one.posts.by_post_id(posts[0].id)
    file = FileAttachment(
        odata_type="#microsoft.graph.fileAttachment", name="plan.txt", content_bytes=b"the plan"
    )
    await first.reply.post(ReplyToPost(post=post("See there", attachments=[file])))
    query = PostsRequestBuilder.PostsRequestBuilderGetQueryParameters(expand=["attachments", "inReplyTo"])
    posts = (await one.posts.get(request_configuration=RequestConfiguration(query_parameters=query))).value
    answer = posts[-1]
    assert answer.in_reply_to.id == posts[0].id
    attachment = answer.attachments[0]
    assert isinstance(attachment, FileAttachment) and attachment.name == "plan.txt"
    attachments = one.posts.by_post_id(answer.id).attachments
    assert (await attachments.by_attachment_id(attachment.id).get()).size == len("the plan")
    await attachments.by_attachment_id(attachment.id).delete()
    assert (await attachments.get()).value == []
    await first.forward.post(ForwardPostRequestBody(comment="FYI", to_recipients=[recipient("Bo")]))

    # Extensions hold what an application puts there.
    extension = OpenTypeExtension(extension_name="org.example.deal")
    extension.additional_data["value"] = 7
    extension = await group.extensions.post(extension)
    read = await group.extensions.by_extension_id(extension.id).get()
    assert read.additional_data["value"] == 7

    # A conversation with its thread, and what is gone with it.
    conversation = await group.conversations.post(
        Conversation(topic="Plans", threads=[ConversationThread(posts=[post("What next?")])])
    )
    begun = group.conversations.by_conversation_id(conversation.id)
    assert [thread.topic for thread in (await begun.threads.get()).value] == ["Plans"]
    await begun.delete()
    await fails(begun.get(), 404, "ErrorItemNotFound")

    # Locked, and gone.
    assert (await one.patch(ConversationThread(is_locked=True))).is_locked
    await fails(one.reply.post(ReplyToThread(post=post("Late"))), 403, "ErrorAccessDenied")
    await one.delete()
    await fails(one.get(), 404, "ErrorItemNotFound")

    # All groups, and then what changed of them: the extension was before.
    delta = await graph.groups.delta.get()
    assert len(delta.value) == len(groups.value) and delta.odata_delta_link
    later = await graph.groups.delta.with_url(delta.odata_delta_link).get()
    assert later.value == []


async def fails(request, status, code):
    """Holds that a request fails with this status, and with this code in OData's envelope."""
    try:
        await request
    except ODataError as error:
        assert (error.response_status_code, error.error.code) == (status, code), error
        assert error.error.inner_error.request_id
    else:
        raise AssertionError(f"{status} was expected")


asyncio.run(run(*sys.argv[1:]))
