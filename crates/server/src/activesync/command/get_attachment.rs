//! GetAttachment, up to 12.1 ([MS-ASCMD] 2.2.1.7): an attachment's bytes as the whole body.

use fieldpost_eas::command::CommandName;
use hyper::StatusCode;
use hyper::header::HeaderValue;

use super::item_operations::{find_attachment, is_attachment_allowed};
use super::{Command, Decode, Encode, Needs, Payload, Unreadable};
use crate::activesync::answer::Answer;
use crate::activesync::context::Context;
use crate::activesync::fault::Fault;

/// The command.
pub struct GetAttachment;

/// The attachment's reference, from the query; a body is not looked at.
pub struct Request(String);

impl Decode for Request {
    fn decode(cx: &Context, _: Payload) -> Result<Self, Unreadable> {
        let name = cx.parameters.attachment_name.clone();
        name.map(Request).ok_or(Unreadable::Query("AttachmentName is missing"))
    }
}

/// The attachment.
pub struct Response {
    content_type: HeaderValue,
    bytes: Vec<u8>,
}

impl Encode for Response {
    fn encode(self, _: &Context) -> Answer {
        Answer::of_type(self.content_type, self.bytes)
    }
}

impl Command for GetAttachment {
    const NAME: CommandName = CommandName::GetAttachment;
    const NEEDS: Needs = Needs::POLICY;
    type Request = Request;
    type Response = Response;

    async fn run(cx: &mut Context, Request(reference): Request) -> Result<Response, Fault> {
        let Some(file) = find_attachment(cx, &reference).await? else {
            // MS-ASCMD_R166
            return Err(Fault::Http(StatusCode::INTERNAL_SERVER_ERROR));
        };
        if !is_attachment_allowed(cx, file.bytes.len()) {
            return Err(Fault::Http(StatusCode::FORBIDDEN));
        }
        let content_type = HeaderValue::try_from(file.content_type);
        let content_type = content_type.unwrap_or(HeaderValue::from_static("application/octet-stream"));
        Ok(Response { content_type, bytes: file.bytes })
    }
}
