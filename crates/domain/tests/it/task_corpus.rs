//! Every task of the corpus: shown in every version and said back.

use fieldpost_domain::convert::{Ghosting, task};
use fieldpost_eas::item::BodyType;

use crate::events::{VERSIONS, creating, objects, options, patching, sent_task, showing, user};

#[test]
fn what_is_said_back_changes_nothing() {
    let user = user();
    let objects = objects("VTODO");
    for (name, content) in &objects {
        for version in VERSIONS {
            let shown = task::to_wire(content, &showing(&options(version, BodyType::Text), &user)).unwrap();
            let said = sent_task(&shown, version);
            for ghosting in [Ghosting::None, Ghosting::All] {
                let back = task::patch(content, &said, &patching(version, &user, &ghosting)).unwrap();
                assert_eq!(
                    String::from_utf8_lossy(&back),
                    String::from_utf8_lossy(content),
                    "{name} {version}"
                );
            }
            let made = task::create(&said, &creating(version, &user)).unwrap();
            let again = task::to_wire(&made, &showing(&options(version, BodyType::Text), &user)).unwrap();
            let again = sent_task(&again, version);
            assert_eq!(
                (&again.due_date, &again.start_date),
                (&said.due_date, &said.start_date),
                "{name} {version}"
            );
            assert_eq!(
                (again.subject, again.recurrence),
                (said.subject, said.recurrence),
                "{name} {version}"
            );
        }
    }
    println!("{} tasks", objects.len());
}
