// JSON, as far as plugins need it.

export enum Kind {
  Null,
  Bool,
  Number,
  Text,
  List,
  Object,
}

export class Json {
  static NULL: Json = new Json(Kind.Null);

  bool: bool = false;
  number: f64 = 0;
  text: string = "";
  // Of an object: the values of its names.
  list: Json[] = [];
  names: string[] = [];

  constructor(public kind: Kind) {}

  static ofBool(bool: bool): Json {
    const json = new Json(Kind.Bool);
    json.bool = bool;
    return json;
  }

  static ofNumber(number: f64): Json {
    const json = new Json(Kind.Number);
    json.number = number;
    return json;
  }

  static ofText(text: string): Json {
    const json = new Json(Kind.Text);
    json.text = text;
    return json;
  }

  static ofObject(): Json {
    return new Json(Kind.Object);
  }

  // A member of an object; null when it is not there.
  get(name: string): Json {
    const index = this.names.indexOf(name);
    return index < 0 ? Json.NULL : this.list[index];
  }

  set(name: string, value: Json): void {
    this.names.push(name);
    this.list.push(value);
  }

  toString(): string {
    switch (this.kind) {
      case Kind.Bool:
        return this.bool ? "true" : "false";
      case Kind.Number:
        return isFinite(this.number) ? this.number.toString() : "null";
      case Kind.Text:
        return quoted(this.text);
      case Kind.List:
        return "[" + this.list.map<string>((value) => value.toString()).join(",") + "]";
      case Kind.Object: {
        const members: string[] = [];
        for (let i = 0; i < this.names.length; i++) {
          members.push(quoted(this.names[i]) + ":" + this.list[i].toString());
        }
        return "{" + members.join(",") + "}";
      }
      default:
        return "null";
    }
  }
}

function quoted(text: string): string {
  let result = '"';
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code == 0x22 || code == 0x5c) {
      result += "\\" + text.charAt(i);
    } else if (code < 0x20) {
      result += "\\u" + code.toString(16).padStart(4, "0");
    } else {
      result += text.charAt(i);
    }
  }
  return result + '"';
}

const DEEPEST = 64;

export class Parser {
  error: string = "";
  private at: i32 = 0;
  private depth: i32 = 0;

  constructor(private text: string) {}

  parse(): Json {
    const value = this.value();
    if (this.peek() >= 0) {
      this.fail("the end");
    }
    return value;
  }

  private fail(expected: string): Json {
    if (this.error == "") {
      this.error = "JSON: at character " + this.at.toString() + " there should be " + expected + ".";
    }
    // So that every loop ends.
    this.at = this.text.length;
    return Json.NULL;
  }

  // The next character that is no white space, or -1.
  private peek(): i32 {
    while (this.at < this.text.length) {
      const code = this.text.charCodeAt(this.at);
      if (code != 0x20 && code != 0x09 && code != 0x0a && code != 0x0d) {
        return code;
      }
      this.at++;
    }
    return -1;
  }

  private take(code: i32): bool {
    const found = this.peek() == code;
    if (found) {
      this.at++;
    }
    return found;
  }

  private word(word: string, value: Json): Json {
    if (!this.text.startsWith(word, this.at)) {
      return this.fail("a value");
    }
    this.at += word.length;
    return value;
  }

  private value(): Json {
    if (this.depth >= DEEPEST) {
      return this.fail("no more nesting");
    }
    this.depth++;
    const value = this.plain();
    this.depth--;
    return value;
  }

  private plain(): Json {
    switch (this.peek()) {
      case 0x7b:
        return this.object();
      case 0x5b:
        return this.array();
      case 0x22:
        return Json.ofText(this.string());
      case 0x74:
        return this.word("true", Json.ofBool(true));
      case 0x66:
        return this.word("false", Json.ofBool(false));
      case 0x6e:
        return this.word("null", Json.NULL);
      default:
        return this.number();
    }
  }

  private object(): Json {
    const object = Json.ofObject();
    this.at++;
    while (!this.take(0x7d)) {
      if (object.names.length > 0 && !this.take(0x2c)) {
        return this.fail("a comma or }");
      }
      if (this.peek() != 0x22) {
        return this.fail("a name");
      }
      const name = this.string();
      if (!this.take(0x3a)) {
        return this.fail("a colon");
      }
      object.set(name, this.value());
    }
    return object;
  }

  private array(): Json {
    const array = new Json(Kind.List);
    this.at++;
    while (!this.take(0x5d)) {
      if (array.list.length > 0 && !this.take(0x2c)) {
        return this.fail("a comma or ]");
      }
      array.list.push(this.value());
      if (this.error != "") {
        return array;
      }
    }
    return array;
  }

  private number(): Json {
    const from = this.at;
    while (this.at < this.text.length && "+-.eE0123456789".includes(this.text.charAt(this.at))) {
      this.at++;
    }
    const number = parseFloat(this.text.substring(from, this.at));
    return from == this.at || isNaN(number) ? this.fail("a value") : Json.ofNumber(number);
  }

  private string(): string {
    let text = "";
    this.at++;
    while (this.at < this.text.length) {
      const c = this.text.charAt(this.at++);
      if (c == '"') {
        return text;
      }
      text += c == "\\" ? this.escaped() : c;
    }
    this.fail("the end of a text");
    return text;
  }

  private escaped(): string {
    const c = this.text.charAt(this.at++);
    if (c == "u") {
      const code = parseInt(this.text.substr(this.at, 4), 16);
      this.at += 4;
      return String.fromCharCode(code as i32);
    }
    const index = "bfnrt".indexOf(c);
    return index < 0 || c == "" ? c : "\b\f\n\r\t".charAt(index);
  }
}
