"""The API described by OpenAPI 3.1, made from the operations themselves."""

from __future__ import annotations

from typing import Any

from lgreason import __version__
from lgreason.web.api import OPERATIONS, Operation

FINDINGS = "what is wrong with the request, as lgreason.findings/1"


def description() -> dict[str, Any]:
    """The OpenAPI document."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "lgreason",
            "version": __version__,
            "description": "Each command's own JSON document. The file that is asked about comes with the request; "
            "nothing is remembered. The header lgreason-status is the exit status of the command.",
        },
        "paths": {
            f"/api/{name}": {"post": _operation(name, operation)} for name, operation in OPERATIONS.items()
        },
        "components": {
            "schemas": {
                "Findings": {
                    "type": "object",
                    "required": ["schema", "findings"],
                    "properties": {
                        "schema": {"const": "lgreason.findings/1"},
                        "findings": {"type": "array", "items": {"type": "object"}},
                    },
                },
                "Answer": {
                    "type": "object",
                    "required": ["schema"],
                    "properties": {"schema": {"type": "string", "pattern": r"^lgreason\.[a-z_.]+/\d+$"}},
                },
            }
        },
    }


def _operation(name: str, operation: Operation) -> dict[str, Any]:
    return {
        "operationId": name,
        "summary": operation.summary,
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": operation.schema()}},
        },
        "responses": {
            "200": _response("the answer", "Answer"),
            "400": _response("the request is no JSON", "Findings"),
            "413": {"description": "too much was sent"},
            "415": {"description": "application/json is expected"},
            "422": _response(FINDINGS, "Findings"),
        },
    }


def _response(text: str, schema: str) -> dict[str, Any]:
    return {
        "description": text,
        "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}},
    }
