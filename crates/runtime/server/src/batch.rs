//! Several requests in one: `POST {base}/$batch` (OData Protocol 4.01, section 11.7).
//!
//! In comes the body of a batch whose caller is known; out goes the answer to each of its requests, made by the same routes as
//! if it had been sent alone: permissions, limits, errors and ids are its own. Holds: requests are answered one after the
//! other, in their order but for those that wait for a later one, so that a batch takes no more of the service than one
//! caller does; one that waits for a request that failed is not called, and answered with 424.

use std::pin::pin;

use http::{HeaderMap, HeaderValue, Method, StatusCode, header, request};
use http_body_util::{BodyExt as _, Full};
use msgraph_core::ServiceError;
use tracing::Instrument as _;

use crate::answer::Answer;
use crate::batch_json::{Item, Responses, items_of, order_of};
use crate::body::{self, Arriving, Due};
use crate::dispatch::Dispatcher;
use crate::guard::Guard;
use crate::principal::Principal;
use crate::respond::{RequestIds, refusal};
use crate::site::Address;
use crate::span;

impl<S: Send + Sync + 'static, G: Guard> Dispatcher<S, G> {
    /// The answer to a batch of `principal`.
    pub(crate) async fn batch(
        &self,
        parts: &request::Parts,
        body: Arriving<'_>,
        principal: Principal,
    ) -> Result<Answer, ServiceError> {
        const ALLOW: HeaderValue = HeaderValue::from_static("POST, OPTIONS");
        match parts.method {
            Method::POST => {}
            Method::OPTIONS => return Ok(Answer::options(ALLOW)),
            _ => {
                let message = "A batch is sent with POST.";
                let error = ServiceError::new(StatusCode::METHOD_NOT_ALLOWED, message);
                return Err(error.with_header(header::ALLOW, ALLOW));
            }
        }
        span::name(&parts.method, "$batch", "batch");
        let address = Address::of(parts, self.site.clone());
        let body = body::read(Due::Json, &parts.headers, body, &self.limits).await?;
        let mut items = items_of(&body, &address)?;
        let mut responses = Responses::new();
        let mut has_failed = vec![false; items.len()];
        for place in order_of(&items)? {
            let Some(item) = items.get_mut(place) else { continue };
            let waits_in_vain =
                item.after.iter().any(|before| has_failed.get(*before) == Some(&true));
            let response = self.item(item, waits_in_vain, &principal).await;
            if let Some(failed) = has_failed.get_mut(place) {
                *failed =
                    response.status().is_client_error() || response.status().is_server_error();
            }
            responses.push(&item.id, &response);
        }
        let json = HeaderValue::from_static("application/json");
        let headers = HeaderMap::from_iter([(header::CONTENT_TYPE, json)]);
        Ok(Answer { status: StatusCode::OK, headers, body: responses.into_body() })
    }

    /// The answer to one request of a batch.
    async fn item(
        &self,
        item: &mut Item,
        waits_in_vain: bool,
        principal: &Principal,
    ) -> http::Response<bytes::Bytes> {
        let taken = std::mem::replace(&mut item.request, Err(ServiceError::internal("")));
        let (mut parts, body) = match taken {
            Ok(request) if !waits_in_vain => request,
            Ok((parts, _)) => {
                let message = "A request that this one waits for has failed.";
                let error = ServiceError::new(StatusCode::FAILED_DEPENDENCY, message);
                let ids = RequestIds::of(&parts.headers);
                return refusal(error, &ids, &self.site);
            }
            Err(error) => {
                let ids = RequestIds::of(&HeaderMap::new());
                return refusal(error, &ids, &self.site);
            }
        };
        let ids = RequestIds::of(&parts.headers);
        let span = span::of(&parts, &ids);
        let mut body = Full::new(body).map_err(drop);
        let is_head = parts.method == Method::HEAD;
        let answer = pin!(async {
            self.limits.check_head(&parts)?;
            self.call(&mut parts, &mut body, principal.clone(), &ids).await
        });
        let mut response = self.respond(&ids, answer).instrument(span).await;
        if is_head {
            std::mem::take(response.body_mut());
        }
        response
    }
}
