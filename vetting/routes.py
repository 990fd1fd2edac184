"""What programs may ask this server without a page, without signing in and without limit: checks and public keys.

GET  /check/NUMBER.json   the answer to a number
POST /check               the answer to what is sent: a certificate's file, a link or a number
GET  /check/NUMBER        the address in a certificate's code; goes on to the register
GET  /keys.json           every public key
"""

from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from schemas.viewer import PUBLIC
from vetting import server
from vetting.certification.check import LONGEST, check_certificate
from vetting.certification.keys import public_keys
from vetting.commands.context import today_in

HEADERS = {"Cache-Control": "no-store", "Access-Control-Allow-Origin": "*"}  # as of now, and for any page to ask


async def check_number(request: Request) -> Response:
    return await _answer(request.path_params["number"])


async def check_sent(request: Request) -> Response:
    """The body as it is, up to LONGEST bytes; what is longer is not read further."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LONGEST:
            said = f"That is longer than any certificate: at most {LONGEST} bytes are read."
            return JSONResponse({"refused": said}, status_code=413, headers=HEADERS)
    return await _answer(body)


async def show_number(request: Request) -> Response:
    """Relative to the address asked, so that a path in front of the house does no harm."""
    return RedirectResponse(f"../?{urlencode({'certificate': request.path_params['number']})}", status_code=303)


async def show_keys(_request: Request) -> Response:
    return JSONResponse(await run_in_threadpool(_keys), headers=HEADERS)


async def _answer(said: str | bytes) -> Response:
    return JSONResponse(await run_in_threadpool(_checked, said), headers=HEADERS)


def _checked(said: str | bytes) -> dict[str, Any]:
    store, now = server.store(), server.now()
    return check_certificate(store.cursor(), PUBLIC, said, today=today_in(store, now)).as_json()


def _keys() -> dict[str, Any]:
    return public_keys(server.store().cursor()).as_json()


ROUTES = [
    Route("/check/{number}.json", check_number, methods=["GET"]),
    Route("/check/{number}", show_number, methods=["GET"]),
    Route("/check", check_sent, methods=["POST"]),
    Route("/keys.json", show_keys, methods=["GET"]),
]
