//! JSON, as far as plugins need it. A larger plugin takes a library, such as serde_json.

use std::fmt;

pub enum Value {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    List(Vec<Value>),
    Object(Vec<(String, Value)>),
}

impl Value {
    /// A member of an object; null when it is not there.
    pub fn get(&self, name: &str) -> &Value {
        match self {
            Value::Object(members) => members
                .iter()
                .find(|(member, _)| member == name)
                .map_or(&Value::Null, |(_, value)| value),
            _ => &Value::Null,
        }
    }

    pub fn text(&self, name: &str) -> Result<&str, String> {
        match self.get(name) {
            Value::Text(text) => Ok(text),
            _ => Err(format!("{} must be a text.", name)),
        }
    }

    pub fn number(&self, name: &str) -> Result<f64, String> {
        match self.get(name) {
            Value::Number(number) => Ok(*number),
            _ => Err(format!("{} must be a number.", name)),
        }
    }

    pub fn list(&self, name: &str) -> Result<&[Value], String> {
        match self.get(name) {
            Value::List(list) => Ok(list),
            _ => Err(format!("{} must be a list.", name)),
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Value::Null => out.write_str("null"),
            Value::Bool(value) => write!(out, "{}", value),
            Value::Number(number) if number.is_finite() => write!(out, "{}", number),
            Value::Number(_) => out.write_str("null"),
            Value::Text(text) => quote(text, out),
            Value::List(list) => {
                out.write_str("[")?;
                for (i, value) in list.iter().enumerate() {
                    write!(out, "{}{}", if i == 0 { "" } else { "," }, value)?;
                }
                out.write_str("]")
            }
            Value::Object(members) => {
                out.write_str("{")?;
                for (i, (name, value)) in members.iter().enumerate() {
                    out.write_str(if i == 0 { "" } else { "," })?;
                    quote(name, out)?;
                    write!(out, ":{}", value)?;
                }
                out.write_str("}")
            }
        }
    }
}

fn quote(text: &str, out: &mut fmt::Formatter) -> fmt::Result {
    out.write_str("\"")?;
    for c in text.chars() {
        match c {
            '"' => out.write_str("\\\"")?,
            '\\' => out.write_str("\\\\")?,
            c if c < ' ' => write!(out, "\\u{:04x}", c as u32)?,
            c => write!(out, "{}", c)?,
        }
    }
    out.write_str("\"")
}

const DEEPEST: usize = 64;

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

pub fn parse(text: &str) -> Result<Value, String> {
    let mut parser = Parser { text, at: 0, depth: 0 };
    let value = parser.value()?;
    match parser.peek() {
        None => Ok(value),
        Some(_) => parser.fail("the end"),
    }
}

impl Parser<'_> {
    fn fail<T>(&self, expected: &str) -> Result<T, String> {
        Err(format!("JSON: at byte {} there should be {}.", self.at, expected))
    }

    /// The next byte that is no white space.
    fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while self.at < bytes.len() && b" \t\r\n".contains(&bytes[self.at]) {
            self.at += 1;
        }
        bytes.get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += found as usize;
        found
    }

    fn word(&mut self, word: &str, value: Value) -> Result<Value, String> {
        if !self.text[self.at..].starts_with(word) {
            return self.fail("a value");
        }
        self.at += word.len();
        Ok(value)
    }

    fn value(&mut self) -> Result<Value, String> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return self.fail("no more nesting");
        }
        let value = match self.peek() {
            Some(b'{') => self.object(),
            Some(b'[') => self.list(),
            Some(b'"') => self.string().map(Value::Text),
            Some(b't') => self.word("true", Value::Bool(true)),
            Some(b'f') => self.word("false", Value::Bool(false)),
            Some(b'n') => self.word("null", Value::Null),
            _ => self.number(),
        };
        self.depth -= 1;
        value
    }

    fn object(&mut self) -> Result<Value, String> {
        self.at += 1;
        let mut members = Vec::new();
        while !self.take(b'}') {
            if !members.is_empty() && !self.take(b',') {
                return self.fail("a comma or }");
            }
            if self.peek() != Some(b'"') {
                return self.fail("a name");
            }
            let name = self.string()?;
            if !self.take(b':') {
                return self.fail("a colon");
            }
            members.push((name, self.value()?));
        }
        Ok(Value::Object(members))
    }

    fn list(&mut self) -> Result<Value, String> {
        self.at += 1;
        let mut list = Vec::new();
        while !self.take(b']') {
            if !list.is_empty() && !self.take(b',') {
                return self.fail("a comma or ]");
            }
            list.push(self.value()?);
        }
        Ok(Value::List(list))
    }

    fn number(&mut self) -> Result<Value, String> {
        let rest = &self.text[self.at..];
        let end = rest
            .find(|c: char| !c.is_ascii_digit() && !"+-.eE".contains(c))
            .unwrap_or(rest.len());
        match rest[..end].parse() {
            Ok(number) => {
                self.at += end;
                Ok(Value::Number(number))
            }
            Err(_) => self.fail("a value"),
        }
    }

    fn string(&mut self) -> Result<String, String> {
        self.at += 1;
        let mut text = String::new();
        loop {
            let c = match self.text[self.at..].chars().next() {
                None => return self.fail("the end of a text"),
                Some(c) => c,
            };
            self.at += c.len_utf8();
            match c {
                '"' => return Ok(text),
                '\\' => text.push(self.escaped()?),
                c => text.push(c),
            }
        }
    }

    fn escaped(&mut self) -> Result<char, String> {
        let c = self.text.as_bytes().get(self.at).copied();
        self.at += 1;
        Ok(match c {
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(c @ (b'"' | b'\\' | b'/')) => c as char,
            Some(b'u') => {
                let first = self.hexadecimal()?;
                let pair = (0xD800..0xDC00).contains(&first)
                    && self.text[self.at..].starts_with("\\u");
                if pair {
                    self.at += 2;
                    let second = self.hexadecimal()?;
                    let low = second.wrapping_sub(0xDC00) & 0x3FF;
                    char::from_u32(0x10000 + ((first - 0xD800) << 10) + low)
                } else {
                    char::from_u32(first)
                }
                .unwrap_or('\u{FFFD}')
            }
            _ => return self.fail("an escaped character"),
        })
    }

    fn hexadecimal(&mut self) -> Result<u32, String> {
        match self.text.get(self.at..self.at + 4).map(|hex| u32::from_str_radix(hex, 16)) {
            Some(Ok(number)) => {
                self.at += 4;
                Ok(number)
            }
            _ => self.fail("four hexadecimal digits"),
        }
    }
}
