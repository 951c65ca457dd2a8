//! ResolveRecipients ([MS-ASCMD] 2.2.1.15): who is meant by what was typed into an address line, are they
//! free, and what do they encrypt with.

use fieldpost_domain::directory::{Entry, EntryKind, Expansion, expand};
use fieldpost_eas::Version;
use fieldpost_eas::codec::{Base64, DecodeError, Opaque};
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::resolve_recipients::{
    Availability, AvailabilityOptions, Certificates, Options, Picture, Recipient, Request, Resolved, Response,
};
use fieldpost_eas::date;
use fieldpost_eas::status::{
    resolve_recipients as status, resolve_recipients_availability as availability_status,
    resolve_recipients_certificates as certificates_status, resolve_recipients_response as response_status,
};
use fieldpost_pki::Certificate;
use jiff::{SignedDuration, Timestamp};

use super::{Command, Needs};
use crate::activesync::context::Context;
use crate::activesync::fault::Fault;
use crate::directory::album::Album;
use crate::directory::availability::{self, Window};
use crate::directory::recipient::{self, Who};

/// Most recipients of a request ([MS-ASCMD] 3.1.5.10, MS-ASCMD_R5656).
const TO_MAX: usize = 100;
/// Most characters of one (MS-ASCMD_R4611).
const TO_CHARS_MAX: usize = 256;
/// Greatest value of what limits certificates and suggestions.
const LIMIT_MAX: u32 = 9999;
/// Most members of a group whose time is told (MS-ASCMD_R4626).
const MEMBERS_MAX: usize = 20;
/// Most people whose time one answer tells (MS-ASCMD_R4622).
const PEOPLE_MAX: usize = 100;
/// Longest time that can be asked about (MS-ASCMD_R5175).
const LONGEST: SignedDuration = SignedDuration::from_hours(42 * 24);
/// The time that is told where no end is given (MS-ASCMD_R2265).
const USUAL: SignedDuration = SignedDuration::from_hours(7 * 24);
/// The shortest.
const SHORTEST: SignedDuration = SignedDuration::from_mins(30);

/// The command.
pub struct ResolveRecipients;

/// Which form of certificates is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Whole,
    Mini,
}

/// What is wanted of each recipient, and how much more of it the answer may hold.
struct Wish {
    certificates: Option<Form>,
    certificates_left: usize,
    suggestions: usize,
    window: Option<Window>,
    people_left: usize,
    album: Option<Album>,
}

impl Command for ResolveRecipients {
    const NAME: CommandName = CommandName::ResolveRecipients;
    const NEEDS: Needs = Needs::POLICY;
    type Request = Request;
    type Response = Response;

    fn malformed(_: &DecodeError) -> Option<Response> {
        Some(refused())
    }

    async fn run(cx: &mut Context, request: Request) -> Result<Response, Fault> {
        let fits = |to: &String| !to.trim().is_empty() && to.chars().count() <= TO_CHARS_MAX;
        if request.to.is_empty() || request.to.len() > TO_MAX || !request.to.iter().all(fits) {
            return Ok(refused());
        }
        let Some(mut wish) = wish(request.options.unwrap_or_default(), cx.version) else {
            return Ok(refused());
        };
        let mut responses = Vec::with_capacity(request.to.len());
        for to in request.to {
            responses.push(resolve(cx, to, &mut wish).await?);
        }
        Ok(Response { status: Some(status::SUCCESS), responses })
    }
}

fn refused() -> Response {
    Response { status: Some(status::PROTOCOL_ERROR), responses: Vec::new() }
}

/// Reads the options; none where one is out of its range. What a version does not have is not wanted.
fn wish(options: Options, version: Version) -> Option<Wish> {
    let certificates = match options.certificate_retrieval {
        None | Some(1) => None,
        Some(2) => Some(Form::Whole),
        Some(3) => Some(Form::Mini),
        Some(_) => return None,
    };
    let limit = |limit: Option<u32>| match limit {
        None => Some(usize::MAX),
        Some(most @ 0..=LIMIT_MAX) => Some(most as usize),
        Some(_) => None,
    };
    let window = match options.availability.filter(|_| version >= Version::V14_0) {
        None => None,
        Some(asked) => Some(window(&asked)?),
    };
    let picture = options.picture.filter(|_| version >= Version::V14_1);
    Some(Wish {
        certificates,
        certificates_left: limit(options.max_certificates)?,
        suggestions: limit(options.max_ambiguous_recipients)?,
        window,
        people_left: PEOPLE_MAX,
        album: picture.map(|picture| Album::new(picture.max_size, picture.max_pictures)),
    })
}

/// The time in question; none where it is none (MS-ASCMD_R2264, MS-ASCMD_R2266, MS-ASCMD_R3986).
fn window(asked: &AvailabilityOptions) -> Option<Window> {
    let start = date::parse(asked.start_time.as_deref()?)?;
    let end: Timestamp = match asked.end_time.as_deref() {
        Some(end) => date::parse(end)?,
        None => start.checked_add(USUAL).ok()?,
    };
    let span = end.duration_since(start);
    (SHORTEST..=LONGEST).contains(&span).then_some(Window { start, end })
}

async fn resolve(cx: &Context, to: String, wish: &mut Wish) -> Result<Resolved, Fault> {
    let matches = recipient::resolve(&cx.app, cx.mailbox, &to).await?;
    let mut resolved = Resolved { to, ..Resolved::default() };
    match matches.found.as_slice() {
        [] => {
            (resolved.status, resolved.recipient_count) = (response_status::NOT_RESOLVED, Some(0));
        }
        [one] if matches.total == 1 => {
            (resolved.status, resolved.recipient_count) = (response_status::RESOLVED, Some(1));
            resolved.recipients.push(whole(cx, one, wish).await?);
        }
        several => {
            // Certificates and free time are those of somebody, not of suggestions (MS-ASCMD_R4279,
            // MS-ASCMD_R4617).
            let shown = wish.suggestions.min(several.len());
            let is_partial = shown < matches.total;
            resolved.status =
                if is_partial { response_status::AMBIGUOUS_PARTIAL } else { response_status::AMBIGUOUS };
            resolved.recipient_count = u32::try_from(matches.total).ok();
            for who in several.iter().take(shown) {
                let mut recipient = plain(who);
                add_picture(cx, who, &mut recipient, wish).await?;
                resolved.recipients.push(recipient);
            }
        }
    }
    Ok(resolved)
}

/// Somebody without what has to be looked up.
fn plain(who: &Who) -> Recipient {
    Recipient {
        r#type: match who {
            Who::Entry(_) => 1,
            Who::Contact { .. } => 2,
        },
        display_name: who.name().to_owned(),
        email_address: who.address().to_owned(),
        ..Recipient::default()
    }
}

async fn whole(cx: &Context, who: &Who, wish: &mut Wish) -> Result<Recipient, Fault> {
    let mut recipient = plain(who);
    let members = match who {
        Who::Entry(entry) if entry.kind == EntryKind::Group => {
            Some(expand(&*cx.app.directory, entry.id).await?)
        }
        _ => None,
    };
    recipient.availability = free_time(cx, who, members.as_ref(), wish).await?;
    recipient.certificates = certificates(cx, who, members.as_ref(), wish).await?;
    add_picture(cx, who, &mut recipient, wish).await?;
    Ok(recipient)
}

async fn free_time(
    cx: &Context,
    who: &Who,
    members: Option<&Expansion>,
    wish: &mut Wish,
) -> Result<Option<Availability>, Fault> {
    let Some(window) = wish.window else { return Ok(None) };
    let without = |status| Ok(Some(Availability { status, merged_free_busy: None }));
    let people = members.map_or(1, |members| members.members.len());
    if members.is_some_and(|members| members.members.len() > MEMBERS_MAX) {
        return without(availability_status::LIST_TOO_LARGE);
    }
    let Some(left) = wish.people_left.checked_sub(people) else {
        return without(availability_status::TOO_MANY_RECIPIENTS);
    };
    wish.people_left = left;
    let entries: Vec<&Entry> = match (who, members) {
        (_, Some(members)) => members.members.iter().filter_map(|member| member.entry.as_ref()).collect(),
        (Who::Entry(entry), None) => vec![entry],
        (Who::Contact { .. }, None) => Vec::new(),
    };
    match availability::of(&cx.app, &entries, window).await? {
        Some(digits) => {
            Ok(Some(Availability { status: availability_status::SUCCESS, merged_free_busy: Some(digits) }))
        }
        None => without(availability_status::FAILURE),
    }
}

async fn certificates(
    cx: &Context,
    who: &Who,
    members: Option<&Expansion>,
    wish: &mut Wish,
) -> Result<Option<Certificates>, Fault> {
    let Some(form) = wish.certificates else { return Ok(None) };
    let entries: Vec<&Entry> = match (who, members) {
        (_, Some(members)) => members.members.iter().filter_map(|member| member.entry.as_ref()).collect(),
        (Who::Entry(entry), None) => vec![entry],
        (Who::Contact { .. }, None) => Vec::new(),
    };
    let mut found: Vec<Certificate> = Vec::new();
    for entry in entries {
        for der in cx.app.directory.certificates(entry.id).await? {
            found.extend(Certificate::parse(der).ok().filter(|own| own.is_for_encryption(cx.now)));
        }
    }
    let mut answer = Certificates {
        status: certificates_status::NO_CERTIFICATE,
        certificate_count: u32::try_from(found.len()).ok(),
        recipient_count: u32::try_from(members.map_or(1, |members| members.members.len())).ok(),
        ..Certificates::default()
    };
    if found.is_empty() {
        return Ok(Some(answer));
    }
    // All of a recipient's or none: mail for half of the devices of somebody helps nobody
    // (MS-ASCMD_R3254, R3255).
    let Some(left) = wish.certificates_left.checked_sub(found.len()) else {
        answer.status = certificates_status::LIMIT_REACHED;
        return Ok(Some(answer));
    };
    wish.certificates_left = left;
    answer.status = certificates_status::SUCCESS;
    match form {
        Form::Whole => {
            answer.certificates = found.iter().map(|own| Base64(own.der().to_vec())).collect();
        }
        Form::Mini => answer.mini_certificate = found.first().map(|own| Base64(own.issuer_and_serial())),
    }
    Ok(Some(answer))
}

async fn add_picture(
    cx: &Context,
    who: &Who,
    recipient: &mut Recipient,
    wish: &mut Wish,
) -> Result<(), Fault> {
    let Some(album) = &mut wish.album else { return Ok(()) };
    let picture = match who {
        Who::Entry(entry) => album.of(&*cx.app.directory, entry).await?,
        Who::Contact { .. } => Album::empty(),
    };
    recipient.pictures.push(Picture { status: picture.status, data: picture.data.map(Opaque) });
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(start: Option<&str>, end: Option<&str>) -> Option<SignedDuration> {
        let options =
            AvailabilityOptions { start_time: start.map(str::to_owned), end_time: end.map(str::to_owned) };
        window(&options).map(|window| window.end.duration_since(window.start))
    }

    // MS-ASCMD_R2264, R2265, R2266, R3986, R5175
    #[test]
    fn the_time_in_question_has_bounds() {
        let start = Some("2026-03-10T08:00:00.000Z");
        assert_eq!(asked(start, Some("2026-03-10T08:30:00.000Z")), Some(SHORTEST));
        assert_eq!(asked(start, Some("2026-04-21T08:00:00.000Z")), Some(LONGEST));
        assert_eq!(asked(start, None), Some(USUAL));
        for (start, end) in [
            (None, None),
            (start, Some("2026-03-10T08:29:59.000Z")),
            (start, Some("2026-04-21T08:00:01.000Z")),
            (start, Some("2026-03-09T08:00:00.000Z")),
            (start, Some("tomorrow")),
            (Some("today"), None),
            (Some("9999-12-31T00:00:00.000Z"), None),
        ] {
            assert_eq!(asked(start, end), None, "{start:?} {end:?}");
        }
    }

    #[test]
    fn numbers_have_bounds() {
        let read = |options: Options| wish(options, Version::V14_1).is_some();
        assert!(read(Options::default()));
        for (retrieval, fits) in [(0, false), (1, true), (2, true), (3, true), (4, false)] {
            let options = Options { certificate_retrieval: Some(retrieval), ..Options::default() };
            assert_eq!(read(options), fits, "{retrieval}");
        }
        for (limit, fits) in [(0, true), (9999, true), (10_000, false)] {
            assert_eq!(read(Options { max_certificates: Some(limit), ..Options::default() }), fits);
            assert_eq!(read(Options { max_ambiguous_recipients: Some(limit), ..Options::default() }), fits);
        }
    }
}
