//! The text of compressed RTF, in which phones of 2.5 send the notes of events, contacts and tasks ([MS-OXRTFCP]),
//! and later ones a body of type 3 ([MS-ASAIRS] 2.2.2.41). Its looks are not kept.

use std::collections::HashMap;

use encoding_rs::{Encoding, WINDOWS_1252};
use rtf_grimoire::tokenizer::{Token, read_token};

/// Bytes of the header: sizes, kind, checksum.
const HEADER: usize = 16;
/// Deepest nesting of groups that is looked at.
const DEPTH: usize = 256;

/// What is no compressed RTF, or too much of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotRtf;

/// Groups whose text is not the document's.
const ASIDE: [&str; 17] = [
    "fonttbl",
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "object",
    "header",
    "headerl",
    "headerr",
    "headerf",
    "footer",
    "footerl",
    "footerr",
    "footerf",
    "footnote",
    "generator",
    "xmlnstbl",
];

/// The text, with a line feed after each line. `limit`: most bytes of RTF.
pub fn text(compressed: &[u8], limit: usize) -> Result<String, NotRtf> {
    // The crate takes the header at its word.
    let word = |at: usize| {
        let bytes = compressed.get(at..at + 4).and_then(|bytes| bytes.try_into().ok());
        bytes.map(u32::from_le_bytes).ok_or(NotRtf)
    };
    let (raw, kind) = (word(4)? as usize, word(8)?);
    let there = compressed.len().checked_sub(HEADER).ok_or(NotRtf)?;
    let is_plain = kind == u32::from_le_bytes(*b"MELA");
    if raw > limit || is_plain && raw > there {
        return Err(NotRtf);
    }
    let rtf = compressed_rtf::decompress_rtf(compressed).map_err(|_| NotRtf)?;
    // Bytes, each as the character with its number.
    let rtf: Vec<u8> = rtf.chars().map(|c| u8::try_from(c).unwrap_or(b'?')).collect();
    if rtf.len() > limit || !rtf.trim_ascii_start().starts_with(b"{\\rtf") {
        return Err(NotRtf);
    }
    let mut reader = Reader::default();
    let mut rest = rtf.as_slice();
    while let Ok((after, token)) = read_token(rest) {
        reader.read(token);
        rest = after;
    }
    reader.flush();
    Ok(reader.text)
}

/// What holds within a group.
#[derive(Clone, Copy)]
struct Group {
    /// Its text is not the document's.
    aside: bool,
    /// Characters that stand for one of `\u` in old readers.
    substitutes: usize,
    /// Of the characters beyond ASCII.
    encoding: &'static Encoding,
}

struct Reader {
    text: String,
    group: Group,
    outer: Vec<Group>,
    /// Groups beyond [`DEPTH`]: passed over.
    too_deep: usize,
    /// Characters to be passed over, since `\u` said them before.
    pass_over: usize,
    /// Characters that are not decoded yet: two bytes may be one of them.
    bytes: Vec<u8>,
    /// Parts of characters by `\u`, which are of UTF-16.
    units: Vec<u16>,
    /// Fonts, by number: in the table of fonts, and then in the text.
    fonts: HashMap<i32, &'static Encoding>,
    font: i32,
    default: &'static Encoding,
}

impl Default for Reader {
    fn default() -> Reader {
        let group = Group { aside: false, substitutes: 1, encoding: WINDOWS_1252 };
        Reader {
            text: String::new(),
            group,
            outer: Vec::new(),
            too_deep: 0,
            pass_over: 0,
            bytes: Vec::new(),
            units: Vec::new(),
            fonts: HashMap::new(),
            font: 0,
            default: WINDOWS_1252,
        }
    }
}

impl Reader {
    fn read(&mut self, token: Token) {
        match token {
            Token::Text(bytes) => {
                let passed = self.pass_over.min(bytes.len());
                self.pass_over -= passed;
                self.add(bytes.get(passed..).unwrap_or_default());
            }
            Token::ControlWord { name, arg: Some(byte) } if name == "'" => match self.pass_over {
                0 => self.add(&[u8::try_from(byte).unwrap_or(b'?')]),
                _ => self.pass_over -= 1,
            },
            Token::ControlWord { name, arg } => self.control(&name, arg),
            Token::ControlSymbol(symbol) => self.symbol(symbol),
            Token::StartGroup => {
                self.flush();
                self.pass_over = 0;
                if self.outer.len() < DEPTH {
                    self.outer.push(self.group);
                } else {
                    self.too_deep += 1;
                }
            }
            Token::EndGroup => {
                self.flush();
                self.pass_over = 0;
                if self.too_deep > 0 {
                    self.too_deep -= 1;
                } else if let Some(group) = self.outer.pop() {
                    self.group = group;
                }
            }
            Token::ControlBin(_) | Token::Newline(_) => {}
        }
    }

    fn symbol(&mut self, symbol: char) {
        match symbol {
            '*' => self.group.aside = true,
            '~' => self.say("\u{a0}"),
            '_' => self.say("-"),
            '\n' | '\r' => self.say("\n"),
            '\\' | '{' | '}' => self.add(&[symbol as u8]),
            _ => {}
        }
    }

    fn control(&mut self, name: &str, arg: Option<i32>) {
        match name {
            "u" => {
                self.decode();
                // Numbers above 32767 are written as negative ones.
                let unit = arg.map_or(0, |number| number.rem_euclid(1 << 16));
                if !self.group.aside {
                    self.units.push(u16::try_from(unit).unwrap_or_default());
                }
                self.pass_over = self.group.substitutes;
                return;
            }
            "uc" => {
                self.group.substitutes =
                    arg.and_then(|count| usize::try_from(count).ok()).unwrap_or(1).min(16);
            }
            "par" | "line" | "sect" | "page" | "row" => self.say("\n"),
            "tab" | "cell" => self.say("\t"),
            "emdash" => self.say("\u{2014}"),
            "endash" => self.say("\u{2013}"),
            "bullet" => self.say("\u{2022}"),
            "lquote" => self.say("\u{2018}"),
            "rquote" => self.say("\u{2019}"),
            "ldblquote" => self.say("\u{201c}"),
            "rdblquote" => self.say("\u{201d}"),
            "mac" => self.set_default(10_000),
            "ansicpg" => self.set_default(arg.unwrap_or_default()),
            "f" => {
                self.flush();
                self.font = arg.unwrap_or_default();
                self.group.encoding = self.fonts.get(&self.font).copied().unwrap_or(self.default);
            }
            "fcharset" => {
                let encoding = arg.and_then(charset).unwrap_or(self.default);
                self.fonts.insert(self.font, encoding);
            }
            name if ASIDE.contains(&name) => self.group.aside = true,
            _ => {}
        }
        self.pass_over = 0;
    }

    fn set_default(&mut self, page: i32) {
        if let Some(encoding) = code_page(page) {
            self.default = encoding;
            self.group.encoding = encoding;
        }
    }

    fn say(&mut self, text: &str) {
        self.flush();
        if !self.group.aside {
            self.text.push_str(text);
        }
    }

    fn add(&mut self, bytes: &[u8]) {
        if !self.units.is_empty() && !bytes.is_empty() {
            self.flush();
        }
        if !self.group.aside {
            self.bytes.extend_from_slice(bytes);
        }
    }

    fn decode(&mut self) {
        if !self.bytes.is_empty() {
            let (text, _) = self.group.encoding.decode_without_bom_handling(&self.bytes);
            self.text.push_str(&text);
            self.bytes.clear();
        }
    }

    fn flush(&mut self) {
        self.decode();
        if !self.units.is_empty() {
            self.text.push_str(&String::from_utf16_lossy(&self.units));
            self.units.clear();
        }
    }
}

fn code_page(page: i32) -> Option<&'static Encoding> {
    let label = match page {
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        866 => "ibm866".to_owned(),
        10_000 => "macintosh".to_owned(),
        65_001 => "utf-8".to_owned(),
        page => format!("windows-{page}"),
    };
    Encoding::for_label(label.as_bytes())
}

/// The code page of a character set of Windows.
fn charset(number: i32) -> Option<&'static Encoding> {
    code_page(match number {
        0 => 1252,
        77 => 10_000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LIMIT: usize = 1 << 20;

    fn read(rtf: &str) -> String {
        text(&compressed_rtf::compress_rtf(rtf).unwrap(), LIMIT).unwrap()
    }

    /// As a program writes it that knows nothing but `\u`.
    fn written(text: &str) -> String {
        let mut rtf = String::from(r"{\rtf1\ansi\uc1{\fonttbl{\f0\fswiss Arial;}}\f0 ");
        for unit in text.encode_utf16() {
            rtf.push_str(&match unit {
                0x0a => "\\par\r\n".to_owned(),
                0x5c | 0x7b | 0x7d => format!("\\{}", char::from(unit as u8)),
                0x20..0x7f => char::from(unit as u8).to_string(),
                unit => format!("\\u{}?", unit.cast_signed()),
            });
        }
        rtf + "}"
    }

    #[test]
    fn what_is_said_is_read() {
        for (rtf, expected) in [
            (
                r"{\rtf1\ansi{\fonttbl{\f0 Arial;}}{\*\generator X;}\pard Hello {\b world}\par\tab two}",
                "Hello world\n\ttwo",
            ),
            (r"{\rtf1\ansi\ansicpg1251 \'cf\'f0\'e8}", "При"),
            (
                r"{\rtf1\ansi{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset128 B;}}\f0 caf\'e9 {\f1 \'93\'fa}}",
                "café 日",
            ),
            (r"{\rtf1\uc2 a\u8364 EUb\uc1\u-10179?\u-8704?c}", "a€b😀c"),
            (r"{\rtf1 1\emdash 2\~3 \{x\}\\}", "1\u{2014}2\u{a0}3 {x}\\"),
            (r"{\rtf1{\info{\title no}}{\pict 0102}yes", "yes"),
        ] {
            assert_eq!(read(rtf), expected, "{rtf}");
        }
    }

    #[test]
    fn what_is_not_compressed_is_read_as_well() {
        let rtf = b"{\\rtf1 plain}";
        let size = u32::try_from(rtf.len()).unwrap();
        let mut bytes = (size + 12).to_le_bytes().to_vec();
        bytes.extend(size.to_le_bytes());
        bytes.extend(b"MELA\0\0\0\0");
        bytes.extend(rtf);
        assert_eq!(text(&bytes, LIMIT).unwrap(), "plain");
        assert_eq!(text(&bytes, 5), Err(NotRtf));
        // A size that reaches beyond the end.
        bytes[4] = 200;
        assert_eq!(text(&bytes, LIMIT), Err(NotRtf));
    }

    #[test]
    fn nesting_without_end_ends() {
        let rtf = format!("{{\\rtf1 a{}b{}c}}", "{".repeat(100_000), "}".repeat(100_000));
        assert_eq!(read(&rtf), "abc");
    }

    proptest! {
        #[test]
        fn any_text_comes_through(said in "[^\u{0}-\u{9}\u{b}-\u{1f}\u{7f}]{0,200}") {
            prop_assert_eq!(read(&written(&said)), said);
        }

        #[test]
        fn anything_is_taken_or_refused(
            kind in prop::sample::select(vec![*b"LZFu", *b"MELA", *b"XXXX"]),
            raw in any::<u32>(),
            mut bytes in prop::collection::vec(any::<u8>(), 0..400),
        ) {
            let _ = text(&bytes, LIMIT);
            if bytes.len() >= HEADER {
                let size = u32::try_from(bytes.len() - 4).unwrap();
                bytes[..4].copy_from_slice(&size.to_le_bytes());
                bytes[4..8].copy_from_slice(&raw.to_le_bytes());
                bytes[8..12].copy_from_slice(&kind);
                let _ = text(&bytes, LIMIT);
            }
        }

        #[test]
        fn any_words_are_read(rtf in r"[{}\\'*~a-z0-9 \-]{0,300}") {
            let _ = read(&format!("{{\\rtf1 {rtf}"));
        }
    }
}
