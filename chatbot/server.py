"""The web server of the chat page: who may reach it. The only module with uvicorn.

Served on the loopback address only, to this computer's own names.
"""

import uvicorn
from fastapi import FastAPI
from fastapi.middleware.trustedhost import TrustedHostMiddleware

from chatbot.app import mount_page
from chatbot.checks import check_port
from index.storage import Index

HOST = "127.0.0.1"


def serve(index: Index, port: int) -> None:
    """Serve the page until interrupted.

    Raises:
        ChatbotError: If the port can't be had.
    """
    check_port(HOST, port)
    uvicorn.run(build_server(index), host=HOST, port=port, log_level="warning")


def build_server(index: Index) -> FastAPI:
    """Return the web application: the page at "/", for this computer's own names only."""
    server = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    server.add_middleware(TrustedHostMiddleware, allowed_hosts=[HOST, "localhost"])
    mount_page(server, index)
    return server
