// The preflight function as people write it in Node.js.
const list = (variable) => process.env[variable].split(',').map((entry) => entry.trim());

const origins = new Set(list('ALLOWED_ORIGINS'));
const methods = list('ALLOWED_METHODS').join(',');
const headers = list('ALLOWED_HEADERS').join(',');

export const handler = async (event) => {
  if (event.requestContext.http.method !== 'OPTIONS') {
    return { statusCode: 405 };
  }
  const response = {
    statusCode: 204,
    headers: { Vary: 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers' },
  };
  const origin = event.headers.origin;
  if (origins.has(origin)) {
    response.headers['Access-Control-Allow-Origin'] = origin;
    response.headers['Access-Control-Allow-Methods'] = methods;
    response.headers['Access-Control-Allow-Headers'] = headers;
    response.headers['Access-Control-Max-Age'] = '7200';
  }
  return response;
};
