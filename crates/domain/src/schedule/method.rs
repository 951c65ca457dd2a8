//! The methods of iTIP (RFC 5546 1.4): what a message about a meeting asks of whoever gets it.

/// What a message asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// Here is an event; nobody need answer.
    Publish,
    /// Come, or note that it changed.
    Request,
    /// I come, or I don't.
    Reply,
    /// There are more instances.
    Add,
    /// It does not take place, or not with you.
    Cancel,
    /// Tell me again.
    Refresh,
    /// How about another time?
    Counter,
    /// No, not at that time.
    DeclineCounter,
}

impl Method {
    const ALL: [Method; 8] = [
        Method::Publish,
        Method::Request,
        Method::Reply,
        Method::Add,
        Method::Cancel,
        Method::Refresh,
        Method::Counter,
        Method::DeclineCounter,
    ];

    /// The method of that name, in any case.
    pub fn parse(name: &str) -> Option<Method> {
        Method::ALL.into_iter().find(|method| method.name().eq_ignore_ascii_case(name.trim()))
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Method::Publish => "PUBLISH",
            Method::Request => "REQUEST",
            Method::Reply => "REPLY",
            Method::Add => "ADD",
            Method::Cancel => "CANCEL",
            Method::Refresh => "REFRESH",
            Method::Counter => "COUNTER",
            Method::DeclineCounter => "DECLINECOUNTER",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_back() {
        for method in Method::ALL {
            assert_eq!(Method::parse(&method.name().to_lowercase()), Some(method));
        }
        assert_eq!(Method::parse("X-REQUEST"), None);
    }
}
