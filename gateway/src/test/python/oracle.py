"""Says what AWS's own tools make of templates.

Each line of the input is a JSON object with the text of a template in "text" and what to do with it
in "task"; each gets a line of the output, a JSON object of texts:

translate: "translated" is the template after SAM's transformation, and "model" the APIs in it, a
  line for each fact; or "refused" says why SAM refuses the template.
lint: "findings" is what cfn-lint finds.
"""

import json
import logging
import os
import re
import sys

os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
logging.disable(logging.CRITICAL)

import boto3  # noqa: E402
from samtranslator.model.exceptions import InvalidDocumentException  # noqa: E402
from samtranslator.parser.parser import Parser  # noqa: E402
from samtranslator.policy_template_processor.processor import PolicyTemplatesProcessor  # noqa: E402
from samtranslator.translator.translator import Translator  # noqa: E402
from samtranslator.yaml_helper import yaml_parse  # noqa: E402

# SAM checks its own policy templates again for each template: most of its time.
PolicyTemplatesProcessor._is_valid_templates_dict = staticmethod(lambda *_: True)

SESSION = boto3.Session(region_name="us-east-1")
PREFIX = "x-amazon-apigateway-"
PSEUDO = {
    "AWS::Region": "us-east-1",
    "AWS::AccountId": "123456789012",
    "AWS::Partition": "aws",
    "AWS::URLSuffix": "amazonaws.com",
    "AWS::StackName": "corsage-local",
}
METHODS = {"get", "put", "post", "delete", "options", "head", "patch", PREFIX + "any-method"}
NONE = object()


class Resolver:
    """Evaluates functions as far as values are known; the rest stays as ${REFERENCE}."""

    def __init__(self, template):
        self.values = dict(PSEUDO)
        for name, parameter in (template.get("Parameters") or {}).items():
            if "Default" in parameter and not parameter["Type"].startswith("AWS::SSM"):
                default = parameter["Default"]
                self.values[name] = (
                    default.split(",") if parameter["Type"] == "CommaDelimitedList" else default
                )
        self.conditions = template.get("Conditions") or {}
        self.mappings = template.get("Mappings") or {}

    def holds(self, condition):
        if isinstance(condition, str):
            return self.holds(self.conditions[condition])
        ((name, argument),) = condition.items()
        if name == "Condition":
            return self.holds(argument)
        if name == "Fn::Equals":
            left, right = (self.resolve(side) for side in argument)
            return left == right
        holding = [self.holds(one) for one in argument]
        return {"Fn::Not": not holding[0], "Fn::And": all(holding), "Fn::Or": any(holding)}[name]

    def text(self, name):
        value = self.values.get(name)
        return "${%s}" % name if value is None else str(value)

    def resolve(self, value):
        if isinstance(value, list):
            return [one for one in map(self.resolve, value) if one is not NONE]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            ((name, argument),) = value.items()
            if name == "Ref":
                return NONE if argument == "AWS::NoValue" else self.values.get(argument, self.text(argument))
            if name == "Fn::GetAtt":
                return "${%s}" % (argument if isinstance(argument, str) else ".".join(argument))
            if name == "Fn::If":
                return self.resolve(argument[1 if self.holds(argument[0]) else 2])
            if name == "Fn::Sub":
                text, own = argument if isinstance(argument, list) else (argument, {})
                own = {key: str(self.resolve(one)) for key, one in own.items()}
                text = re.sub(
                    r"\$\{([^!}][^}]*)\}", lambda m: own.get(m[1]) or self.text(m[1]), text
                )
                return text.replace("${!", "${")
            if name == "Fn::Join":
                return argument[0].join(map(str, self.resolve(argument[1])))
            if name == "Fn::FindInMap":
                first, second, third = self.resolve(argument)
                return self.mappings[first][second][third]
            if name.startswith("Fn::"):
                return "${%s}" % name
        resolved = {key: self.resolve(one) for key, one in value.items()}
        return {key: one for key, one in resolved.items() if one is not NONE}


class Model:
    """The APIs of a template without SAM's types, as lines."""

    def __init__(self, template):
        resolver = Resolver(template)
        self.resources = {
            name: resolver.resolve(resource)
            for name, resource in template["Resources"].items()
            if "Condition" not in resource or resolver.holds(resource["Condition"])
        }
        self.lines = []

    def of(self, *types):
        for name, resource in self.resources.items():
            if resource["Type"] in types:
                yield name, resource.get("Properties") or {}

    def properties(self, name):
        return self.resources.get(name, {}).get("Properties") or {}

    def type(self, name):
        return self.resources.get(name, {}).get("Type", "")

    @staticmethod
    def ids(text):
        return [name.split(".")[0] for name in re.findall(r"\$\{([^}]*)\}", str(text))]

    def first(self, text):
        return next(iter(self.ids(text)), "")

    def function(self, uri):
        for name in self.ids(uri):
            if self.type(name) == "AWS::Lambda::Function":
                return name
            if self.type(name) in ("AWS::Lambda::Alias", "AWS::Lambda::Version"):
                return self.first(self.properties(name)["FunctionName"])
        named = re.search(r":function:([A-Za-z0-9_-]+)", str(uri))
        for name, function in self.of("AWS::Lambda::Function"):
            if function.get("FunctionName") in (named and named[1], uri):
                return name
        return None

    def target(self, kind, uri, version):
        function = self.function(uri) if kind.lower() == "aws_proxy" else None
        return "other" if function is None else f"{function} {version}".strip()

    @staticmethod
    def mock(integration):
        """Returns the headers of the response that the status of the request template selects."""
        status = re.search(r"\d{3}", str(integration.get("requestTemplates") or ""))
        responses = integration.get("responses") or {}
        selected = next(
            (one for key, one in responses.items() if status and re.fullmatch(key, status[0])),
            responses.get("default") or {},
        )
        return Model.headers(selected.get("responseParameters"))

    @staticmethod
    def headers(parameters):
        headers = sorted(
            f"{name.split('.')[-1]}={value[1:-1]}"
            for name, value in (parameters or {}).items()
            if name.startswith("method.response.header.")
            and isinstance(value, str)
            and re.fullmatch("'.*'", value)
            and "${" not in value
        )
        return "mock{" + "; ".join(headers) + "}"

    @staticmethod
    def authorizer(name, sources):
        text = ",".join(sources if isinstance(sources, list) else [sources or ""])
        headers = re.findall(r"request\.header\.([^\s,]+)", text)
        parameters = re.findall(r"request\.querystring\.([^\s,]+)", text)
        if not headers and not parameters:
            headers = ["Authorization"]
        return f" {name}[{','.join(headers)};{','.join(parameters)}]"

    def add(self, api, method, path, target, authorizer, key):
        path = path.replace("/$default", "$default") if path == "/$default" else path
        self.lines.append(
            f"{api}: {method} {path} > {target}{authorizer}{' key' if key else ''}"
        )

    def cors(self, api, cors):
        if not cors:
            return
        upper = {key[0].upper() + key[1:]: value for key, value in cors.items()}
        lists = [
            ",".join(upper.get(key) or [])
            for key in ("AllowOrigins", "AllowMethods", "AllowHeaders", "ExposeHeaders")
        ]
        maximum = upper.get("MaxAge")
        self.lines.append(
            f"{api}: cors {' | '.join(lists)} | {'' if maximum is None else maximum}"
            f" | {str(bool(upper.get('AllowCredentials'))).lower()}"
        )

    def gateway_response(self, api, kind, status, parameters):
        headers = sorted(
            f"{name.split('.')[-1]}={value}"
            for name, value in (parameters or {}).items()
            if name.startswith("gatewayresponse.header.")
        )
        self.lines.append(f"{api}: {kind} {status or ''}" + "{" + "; ".join(headers) + "}")

    def document(self, api, body, http):
        schemes = body.get("securityDefinitions") or {}
        schemes.update((body.get("components") or {}).get("securitySchemes") or {})
        for kind, response in (body.get(PREFIX + "gateway-responses") or {}).items():
            self.gateway_response(
                api, kind, response.get("statusCode"), response.get("responseParameters")
            )
        for path, methods in (body.get("paths") or {}).items():
            for method, operation in methods.items():
                if method.lower() not in METHODS:
                    continue
                integration = operation.get(PREFIX + "integration") or {}
                kind = integration.get("type", "")
                version = str(integration.get("payloadFormatVersion", "1.0")) if http else ""
                target = self.target(kind, integration.get("uri"), version)
                if kind.lower() == "mock":
                    target = self.mock(integration)
                authorizer, key = self.security(operation.get("security", body.get("security")), schemes)
                name = "ANY" if method.startswith(PREFIX) else method.upper()
                self.add(api, name, path, target, authorizer, key)

    def security(self, requirements, schemes):
        authorizer, key = "", False
        for name in (name for one in requirements or [] for name in one):
            scheme = schemes.get(name) or {}
            own = scheme.get(PREFIX + "authorizer")
            if name == "api_key":
                key = True
            elif name not in ("NONE", "api_key_false"):
                header = scheme.get("name", "Unused")
                sources = (own or {}).get("identitySource") or (
                    "" if header == "Unused" else "request.header." + header
                )
                authorizer = self.authorizer(name, sources)
        return authorizer, key

    def path(self, resource):
        if self.type(resource) != "AWS::ApiGateway::Resource":
            return ""
        own = self.properties(resource)
        return self.path(self.first(own["ParentId"])) + "/" + own["PathPart"]

    def plain_methods(self):
        for _, method in self.of("AWS::ApiGateway::Method"):
            integration = method.get("Integration") or {}
            target = self.target(integration.get("Type", ""), integration.get("Uri"), "")
            if integration.get("Type") == "MOCK":
                responses = integration.get("IntegrationResponses") or [{}]
                target = self.headers(responses[0].get("ResponseParameters"))
            authorizer = ""
            kind = method.get("AuthorizationType", "NONE")
            if kind != "NONE":
                name = self.first(method.get("AuthorizerId")) or kind
                authorizer = self.authorizer(name, self.properties(name).get("IdentitySource"))
            self.add(
                self.first(method["RestApiId"]),
                method["HttpMethod"],
                self.path(self.first(method["ResourceId"])) or "/",
                target,
                authorizer,
                method.get("ApiKeyRequired"),
            )

    def plain_routes(self):
        for _, route in self.of("AWS::ApiGatewayV2::Route"):
            integration = next(
                self.properties(name)
                for name in self.ids(route["Target"])
                if self.type(name) == "AWS::ApiGatewayV2::Integration"
            )
            target = self.target(
                integration["IntegrationType"],
                integration.get("IntegrationUri"),
                integration.get("PayloadFormatVersion", "1.0"),
            )
            authorizer = ""
            kind = route.get("AuthorizationType", "NONE")
            if kind != "NONE":
                name = self.first(route.get("AuthorizerId")) or kind
                authorizer = self.authorizer(name, self.properties(name).get("IdentitySource"))
            method, _, path = route["RouteKey"].rpartition(" ")
            self.add(self.first(route["ApiId"]), method or "ANY", path, target, authorizer, False)

    def read(self):
        stages = {}
        for _, stage in self.of("AWS::ApiGateway::Stage", "AWS::ApiGatewayV2::Stage"):
            stages[self.first(stage.get("RestApiId") or stage.get("ApiId"))] = stage["StageName"]
        for name, api in self.of("AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Api"):
            http = self.type(name) == "AWS::ApiGatewayV2::Api"
            partial = " partial" if "BodyS3Location" in api else ""
            kind = "HTTP API" if http else "REST API"
            self.lines.append(f"{name}: {kind} {stages.get(name, '$default')}{partial}")
            body = api.get("Body") or {}
            self.document(name, body, http)
            if http:
                self.cors(name, api.get("CorsConfiguration") or body.get(PREFIX + "cors"))
        for _, response in self.of("AWS::ApiGateway::GatewayResponse"):
            self.gateway_response(
                self.first(response["RestApiId"]),
                response["ResponseType"],
                response.get("StatusCode"),
                response.get("ResponseParameters"),
            )
        self.plain_methods()
        self.plain_routes()
        for _, url in self.of("AWS::Lambda::Url"):
            function = self.function(url["TargetFunctionArn"])
            api = "URL of " + str(function)
            iam = url["AuthType"] == "AWS_IAM"
            self.lines.append(f"{api}: function URL $default")
            self.cors(api, url.get("Cors"))
            authorizer = self.authorizer("AWS_IAM", None) if iam else ""
            self.add(api, "ANY", "$default", f"{function} 2.0", authorizer, False)
        return "\n".join(sorted(self.lines))


def package(template):
    """Names an archive in S3 for what is on this machine, as a package command does."""
    archive = "s3://bucket/key"
    functions = template.get("Globals", {}).get("Function", {})
    if "CodeUri" in functions:
        functions["CodeUri"] = archive
    for resource in template["Resources"].values():
        properties = resource.setdefault("Properties", {})
        if resource["Type"] == "AWS::Serverless::Function" and "InlineCode" not in properties:
            properties["CodeUri"] = archive
            properties.setdefault("Handler", "example.Handler")
            properties.setdefault("Runtime", functions.get("Runtime", "java21"))
        if resource["Type"].startswith("AWS::Serverless::") and isinstance(
            properties.get("DefinitionUri"), str
        ):
            properties["DefinitionUri"] = archive
    return template


def translate(text):
    template = package(yaml_parse(text))
    try:
        translated = Translator({}, Parser(), boto_session=SESSION).translate(template, {})
    except InvalidDocumentException as refused:
        return {"refused": " ".join([refused.message, *(cause.message for cause in refused.causes)])}
    return {
        "translated": json.dumps(translated, default=str),
        "model": Model(json.loads(json.dumps(translated, default=str))).read(),
    }


def lint(text):
    from cfnlint.api import lint as check
    from cfnlint.config import ManualArgs

    found = check(text, config=ManualArgs(regions=["us-east-1"]))
    return {"findings": "\n".join(f"{one.rule.id} {one.message} {one.linenumber}" for one in found)}


TASKS = {"translate": translate, "lint": lint}

for line in sys.stdin:
    request = json.loads(line)
    json.dump(TASKS[request["task"]](request["text"]), sys.stdout)
    print(flush=True)
