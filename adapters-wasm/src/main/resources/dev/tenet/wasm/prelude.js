// Runs before each script, in one line with its first, so that its lines keep their numbers: no comments but on lines of their own, and
// a semicolon after each statement.
(() => {
  const host = java_invoke;
  const {parse, stringify} = JSON;
  const {hasOwn, freeze, defineProperty, keys} = Object;
  const text = String;
  const unavailable = (what, remedy) => () => { throw new Error(`There is no ${what}: ${remedy}.`); };
  for (const name of ['java_invoke', 'Javy', 'plugin', 'performance']) { delete globalThis[name]; }
  const shown = (part) => {
    if (part === null || typeof part !== 'object' || part instanceof Error) { return text(part); }
    try { return text(stringify(part)); } catch { return text(part); }
  };
  const log = (level, parts) => { host('', 'log', level + parts.map(shown).join(' ')); };
  globalThis.console = freeze({
    debug: (...parts) => log(0, parts),
    log: (...parts) => log(1, parts),
    info: (...parts) => log(1, parts),
    warn: (...parts) => log(2, parts),
    error: (...parts) => log(3, parts),
  });
  globalThis.tenet = freeze({
    log: (...parts) => log(1, parts),
    invoke(name, payload = null) {
      const answer = parse(host('', 'invoke', stringify({function: text(name), payload})));
      if (hasOwn(answer, 'result')) { return answer.result; }
      const error = new Error(answer.error);
      error.code = answer.code;
      throw error;
    },
  });
  const now = unavailable('clock', 'take the time from the payload');
  globalThis.Date = new Proxy(Date, {
    apply: now,
    construct: (date, parts, target) => parts.length === 0 ? now() : Reflect.construct(date, parts, target),
    get: (date, name) => name === 'now' ? now : date[name],
  });
  Math.random = unavailable('chance', 'take it from the payload');
  let exported = {};
  const find = (names) => {
    let owner;
    let found = exported;
    for (const name of names) {
      if (found === null || typeof found !== 'object' || !hasOwn(found, name)) { return undefined; }
      owner = found;
      found = found[name];
    }
    return typeof found === 'function' ? (payload) => found.call(owner, payload) : undefined;
  };
  const functions = (namespace) => keys(namespace).filter((name) => typeof namespace[name] === 'function');
  const described = (error) => {
    if (!(error instanceof Error)) { return text(error); }
    if (error.name === 'Error') { return text(error.message); }
    const place = /at (\S+) \(function\.mjs:(\d+)/.exec(text(error.stack));
    return `${error.name}: ${error.message}${place ? ` (in ${place[1]}, at or below line ${place[2]})` : ''}`;
  };
  const answer = () => {
    const {action, payload} = parse(host('', 'request', ''));
    const names = action.split('.');
    const called = find(names) || find(names.slice(-1));
    if (!called) { return {error: 'Unsupported action'}; }
    const result = called(payload);
    if (result && typeof result.then === 'function') {
      return {error: `${action} returns a promise: write it without async.`};
    }
    if (typeof result === 'function' || typeof result === 'symbol') {
      return {error: `${action} returns a ${typeof result}, which JSON does not have.`};
    }
    return {result: result === undefined ? null : result};
  };
  defineProperty(globalThis, '__tenet', {value: freeze({
    load(namespace) {
      exported = namespace;
      host('', 'exports', functions(namespace).join('\n'));
    },
    serve() {
      let served;
      try {
        served = stringify(answer());
      } catch (error) {
        if (error instanceof InternalError) { host('', 'trap', text(error.message)); }
        served = stringify({error: described(error)});
      }
      host('', 'answer', served);
    },
  })});
})();
