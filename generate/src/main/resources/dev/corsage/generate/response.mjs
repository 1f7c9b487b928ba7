
// Returns the handler's response with the headers; everything else is as it was.
function complete(result, shape, decided) {
  const fields = isObject(result) ? result : {};
  if (fields.statusCode === undefined || fields.statusCode === null) {
    if (shape !== V2) {
      throw new MalformedResponse('The response has no statusCode');
    }
    // In payload format 2.0 any JSON is the body of a 200.
    return jsonResponse(shape, 200, decided, JSON.stringify(result) ?? 'null');
  }
  if (!isStatus(fields.statusCode)) {
    throw new MalformedResponse('The statusCode is not that of a response');
  }
  if (typeof fields.body === 'object' && fields.body !== null) {
    throw new MalformedResponse('The body is not a string; write JSON as a string');
  }
  const { headers, multiValueHeaders, cookies, ...others } = fields;
  return { ...others, ...new ResponseHeaders(shape, fields).complete(decided) };
}

// Some serializers write 200.0, and 0 where none is set.
function isStatus(value) {
  return isString(value) ? /^[1-9][0-9]*$/.test(value)
    : typeof value === 'number' && /^[1-9]/.test(String(value));
}

// The headers of a handler's response: its own Access-Control-* headers, and those that the policy
// sets, are dropped, its Vary is completed, the others stay. A header that is not valid HTTP is dropped too (RFC 9110, section 5):
// whoever reads it may trim the name, or end the line at CR, and see one that was never decided on.
class ResponseHeaders {
  constructor(shape, response) {
    this.shape = shape;
    this.headers = new Map();
    this.multiValueHeaders = new Map();
    this.vary = [];
    this.dropped = new Set();
    // In the order of the response, as the names in Vary are.
    for (const field of Object.keys(response)) {
      if (field === 'headers' || field === 'multiValueHeaders') {
        this.read(response[field], field, this[field]);
      }
    }
    this.cookies = valuesOf(response.cookies, 'cookies').filter((cookie) => this.take(cookie));
  }

  take(cookie) {
    const valid = isValidValue(cookie);
    if (!valid) {
      this.dropped.add('set-cookie');
    }
    return valid;
  }

  read(fields, field, to) {
    if (fields === undefined || fields === null || isEmptyList(fields)) {
      return;
    }
    if (!isObject(fields)) {
      throw new MalformedResponse(`The field ${field} is not an object`);
    }
    for (const [name, value] of Object.entries(fields)) {
      if (isObject(value)) {
        throw new MalformedResponse(`A value in ${field} is an object`);
      }
      if (value !== undefined) {
        this.add(to, name, valuesOf(value, field));
      }
    }
  }

  add(to, name, values) {
    if (!isToken(name) || !values.every(isValidValue)) {
      this.dropped.add(name);
    } else if (lowerCase(name) === 'vary') {
      values.forEach((value) => this.addVary(value));
    } else if (!lowerCase(name).startsWith('access-control-')
        && !POLICY.replacedHeaders.includes(lowerCase(name))) {
      to.set(name, values);
    }
  }

  addVary(value) {
    this.vary.push(...value.split(',').map((name) => name.trim()).filter((name) => name !== ''));
  }

  // Returns the fields of the response that have headers.
  complete(decided) {
    if (this.shape.onlyMultiValue) {
      this.moveToMultiValue();
    } else {
      this.keepCookiesApart();
    }
    const ours = this.shape.onlyMultiValue ? this.multiValueHeaders : this.headers;
    for (const [name, values] of Object.entries(decided)) {
      if (name === 'Vary') {
        values.forEach((value) => this.addVary(value));
      } else {
        ours.set(name, values);
      }
    }
    if (this.vary.length > 0) {
      ours.set('Vary', [this.mergedVary()]);
    }
    if (this.dropped.size > 0) {
      console.warn('Dropped headers that are not valid HTTP:', JSON.stringify([...this.dropped]));
    }
    return this.fields();
  }

  fields() {
    const fields = {};
    if (!this.shape.onlyMultiValue) {
      fields.headers = Object.fromEntries(
        [...this.headers].filter(([, values]) => values.length > 0)
          .map(([name, values]) => [name, values.join(', ')]));
    }
    if (this.shape.onlyMultiValue || this.multiValueHeaders.size > 0) {
      fields.multiValueHeaders = Object.fromEntries(this.multiValueHeaders);
    }
    if (this.cookies.length > 0) {
      fields.cookies = this.cookies;
    }
    return fields;
  }

  moveToMultiValue() {
    for (const [name, values] of this.headers) {
      if (!this.multiValueHeaders.has(name)) {
        this.multiValueHeaders.set(name, values);
      }
    }
    this.headers.clear();
  }

  // Several lines of Set-Cookie cannot be joined (RFC 6265, section 3): they go where this invoker
  // takes lines.
  keepCookiesApart() {
    if (![...this.headers.values()].some((values) => values.length > 1)) {
      return;
    }
    const lines = [];
    for (const [name, values] of [...this.headers]) {
      if (lowerCase(name) === 'set-cookie') {
        lines.push(...values);
        this.headers.delete(name);
      }
    }
    if (this.shape === V2) {
      this.cookies.push(...lines);
    } else if (this.shape === V1) {
      this.addCookieLines(lines);
    } else {
      this.spellCookies(lines);
    }
  }

  addCookieLines(lines) {
    if (lines.length > 0) {
      const own = this.multiValueHeaders.get('set-cookie') ?? [];
      this.multiValueHeaders.set('set-cookie', [...own, ...lines]);
    }
  }

  // To load balancers other spellings of a name are other headers; to browsers they are the same.
  spellCookies(lines) {
    const spellings = 512;
    lines.slice(0, spellings).forEach((line, i) => this.headers.set(spelling(i), [line]));
    if (lines.length > spellings) {
      this.dropped.add('set-cookie');
    }
  }

  mergedVary() {
    if (this.vary.includes('*')) {
      return '*';
    }
    const names = new Map();
    for (const name of this.vary) {
      if (!names.has(name.toLowerCase())) {
        names.set(name.toLowerCase(), name);
      }
    }
    return [...names.values()].join(', ');
  }
}

// Returns set-cookie with those letters in upper case whose bits are set.
function spelling(bits) {
  let rest = bits;
  return 'set-cookie'.replace(/[a-z]/g, (letter) => {
    const upper = rest % 2 === 1;
    rest = Math.floor(rest / 2);
    return upper ? letter.toUpperCase() : letter;
  });
}

// Returns one value, or those of a list, as texts. API Gateway takes that of numbers and booleans.
function valuesOf(value, field) {
  const values = Array.isArray(value) ? value : [value];
  if (Array.isArray(value) && values.some((item) => typeof item === 'object' && item !== null)) {
    throw new MalformedResponse(`A list in ${field} has an object or a list in it`);
  }
  return values.filter((item) => ['string', 'number', 'boolean'].includes(typeof item)).map(String);
}

function isValidValue(value) {
  return !/[\r\n\0]/.test(value);
}

function isEmptyList(value) {
  return Array.isArray(value) && value.length === 0;
}
