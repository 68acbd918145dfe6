// The plugin `pricing`: what it can do. How it talks to its host is in guest.ts.

import { DEBUG, Handler, answer, log } from "./guest";
import { Json, Kind } from "./json";
export { tenet_alloc, tenet_free } from "./guest";

// Standard rates of value added tax.
const RATES = new Map<string, f64>();
RATES.set("AT", 0.2);
RATES.set("CH", 0.081);
RATES.set("DE", 0.19);
RATES.set("ES", 0.21);
RATES.set("FR", 0.2);
RATES.set("NL", 0.21);

// A result, or a text that says what went wrong.
class Pricing extends Handler {
  call(action: string, payload: Json): Json {
    if (action == "tax.rate") {
      return this.rate(payload);
    }
    if (action == "tax.invoice") {
      return this.invoice(payload);
    }
    return this.fail("Unsupported action");
  }

  private rate(payload: Json): Json {
    const country = payload.get("country");
    if (country.kind != Kind.Text) {
      return this.fail("country must be a text.");
    }
    if (!RATES.has(country.text)) {
      return this.fail('There is no rate for the country "' + country.text + '".');
    }
    return Json.ofNumber(RATES.get(country.text));
  }

  private invoice(payload: Json): Json {
    const rate = this.rate(payload);
    if (this.error != "") {
      return rate;
    }
    let net: f64 = 0;
    const items = payload.get("items").list;
    for (let i = 0; i < items.length; i++) {
      const price = items[i].get("price");
      const quantity = items[i].get("quantity");
      if (price.kind != Kind.Number || quantity.kind != Kind.Number) {
        return this.fail("price and quantity must be numbers.");
      }
      net += cents(price.number * quantity.number);
    }
    net = cents(net);
    const tax = cents(net * rate.number);
    if (tax == 0) {
      log(DEBUG, "an invoice without tax");
    }
    const total = Json.ofObject();
    total.set("net", Json.ofNumber(net));
    total.set("tax", Json.ofNumber(tax));
    total.set("gross", Json.ofNumber(cents(net + tax)));
    return total;
  }
}

function cents(amount: f64): f64 {
  return Math.round(amount * 100) / 100;
}

// Answers one call; address and length of the answer are one number.
export function tenet_call(address: usize, length: usize): u64 {
  return answer(new Pricing(), address, length);
}
