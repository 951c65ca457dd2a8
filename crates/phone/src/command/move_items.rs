//! MoveItems: messages go to another folder ([MS-ASCMD] 2.2.1.12).

use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::move_items::{Move, Request, Response};

use crate::error::PhoneError;
use crate::phone::{Phone, check};

/// What became of one message.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Moved {
    /// Its id before.
    pub from: String,
    /// Its id now; only after success.
    pub to: Option<String>,
    /// 3 for success, or what went wrong ([MS-ASCMD] 2.2.3.177.10).
    pub status: u8,
}

impl Phone {
    /// Moves messages from one folder to another. What the server moved, the phone has moved too:
    /// the `Delete` and `Add` that a Sync may bring afterwards change nothing.
    pub async fn move_items(
        &mut self,
        from: &str,
        items: &[&str],
        to: &str,
    ) -> Result<Vec<Moved>, PhoneError> {
        let moves = items
            .iter()
            .map(|id| Move {
                src_msg_id: (*id).into(),
                src_fld_id: from.into(),
                dst_fld_ids: vec![to.into()],
            })
            .collect();
        let command = CommandName::MoveItems;
        let response: Response = self.call(command, &Request { moves }).await?;
        check(command, response.status.unwrap_or(1))?;
        let mut moved = Vec::with_capacity(response.responses.len());
        for one in response.responses {
            let to_id = one.dst_msg_id.filter(|_| one.status == 3);
            if let Some(new) = &to_id {
                self.take_along(from, &one.src_msg_id, to, new);
            }
            moved.push(Moved { from: one.src_msg_id, to: to_id, status: one.status });
        }
        Ok(moved)
    }

    fn take_along(&mut self, from: &str, old: &str, to: &str, new: &str) {
        let source = self.state.collections.get_mut(from);
        let (email, other) = source.map_or((None, None), |c| (c.items.remove(old), c.others.remove(old)));
        // A folder that the phone does not synchronise gets nothing: its first Sync brings all.
        if let Some(target) = self.state.collections.get_mut(to)
            && !target.is_first()
        {
            target.items.extend(email.map(|email| (new.to_owned(), email)));
            target.others.extend(other.map(|other| (new.to_owned(), other)));
        }
    }
}
