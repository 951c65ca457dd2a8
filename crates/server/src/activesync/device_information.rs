//! What a phone says of itself, in Settings and in Provision ([MS-ASCMD] 2.2.3.45).

use fieldpost_domain::device::DeviceInformation;
use fieldpost_eas::command::settings::DeviceProperties;

use super::context::Context;
use super::fault::Fault;

/// Longest value, in characters.
const LONGEST: usize = 1024;

/// What is said, as the device's record keeps it; none where a value is longer than it may be. What
/// is not said is forgotten.
pub fn read(said: DeviceProperties) -> Option<DeviceInformation> {
    let information = DeviceInformation {
        model: said.model,
        imei: said.imei,
        friendly_name: said.friendly_name,
        os: said.os,
        os_language: said.os_language,
        phone_number: said.phone_number,
        user_agent: said.user_agent,
        enable_outbound_sms: said.enable_outbound_sms,
        mobile_operator: said.mobile_operator,
    };
    let texts = [
        &information.model,
        &information.imei,
        &information.friendly_name,
        &information.os,
        &information.os_language,
        &information.phone_number,
        &information.user_agent,
        &information.mobile_operator,
    ];
    let fits = texts.into_iter().flatten().all(|text| text.chars().count() <= LONGEST);
    fits.then_some(information)
}

/// Keeps it with the device.
pub async fn keep(cx: &mut Context, information: DeviceInformation) -> Result<(), Fault> {
    cx.update_device(|device| device.information = information).await
}
