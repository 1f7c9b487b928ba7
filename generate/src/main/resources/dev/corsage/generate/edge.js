
// What both CloudFront functions need of their events:
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html
// The runtime has no sets. Names begin with a sign, so that none is a property of every object.
function setOf(list) {
  const entries = {};
  list.forEach(function (entry) {
    entries['=' + entry] = true;
  });
  return {
    has: function (entry) {
      return entries['=' + entry] === true;
    },
  };
}

// At the edge nobody reads why an origin is refused.
function refusal() {
  return null;
}

function linesOf(headers) {
  return function (name) {
    const header = headers[name];
    return !header ? [] : header.multiValue ? header.multiValue.map(valueOf) : [header.value];
  };
}

function valueOf(header) {
  return header.value;
}

function isPreflight(request) {
  return request.method === 'OPTIONS' && !!request.headers.origin
    && !!request.headers['access-control-request-method'];
}
