//! The preflight function as a Rust programmer writes it: the policy from the function's variables,
//! the response by hand. It is what Corsage's function is measured beside.

use std::collections::HashSet;
use std::env;

use lambda_http::http::{Method, header};
use lambda_http::{Body, Error, Request, Response, run, service_fn};

struct Policy {
    origins: HashSet<String>,
    methods: String,
    headers: String,
}

impl Policy {
    fn from_environment() -> Result<Self, Error> {
        Ok(Policy {
            origins: list("ALLOWED_ORIGINS")?.into_iter().collect(),
            methods: list("ALLOWED_METHODS")?.join(","),
            headers: list("ALLOWED_HEADERS")?.join(","),
        })
    }

    fn respond(&self, request: &Request) -> Result<Response<Body>, Error> {
        if request.method() != Method::OPTIONS {
            return Ok(Response::builder().status(405).body(Body::Empty)?);
        }
        let mut response = Response::builder().status(204).header(
            header::VARY,
            "Origin, Access-Control-Request-Method, Access-Control-Request-Headers",
        );
        if let Some(origin) = request.headers().get(header::ORIGIN)
            && origin.to_str().is_ok_and(|text| self.origins.contains(text))
        {
            response = response
                .header(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin)
                .header(header::ACCESS_CONTROL_ALLOW_METHODS, &self.methods)
                .header(header::ACCESS_CONTROL_ALLOW_HEADERS, &self.headers)
                .header(header::ACCESS_CONTROL_MAX_AGE, "7200");
        }
        Ok(response.body(Body::Empty)?)
    }
}

fn list(variable: &str) -> Result<Vec<String>, Error> {
    let text = env::var(variable).map_err(|_| format!("{variable} is not set"))?;
    Ok(text.split(',').map(|entry| entry.trim().to_owned()).collect())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let policy = Policy::from_environment()?;
    let policy = &policy;
    run(service_fn(|request: Request| async move { policy.respond(&request) })).await
}
