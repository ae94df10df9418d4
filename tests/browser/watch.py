"""Watches a browser window: requests to other hosts, errors on the console, broken rules of the content policy."""

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Route

REPORT = """document.addEventListener('securitypolicyviolation', event => {
    console.error('policy broken: ' + event.violatedDirective + ' ' + event.blockedURI);
});"""


class Watch:
    """Notes every fault of a window; requests that would leave the host are stopped as well."""

    def __init__(self, context: BrowserContext, base: str) -> None:
        self.context, self.base, self.faults = context, base, list[str]()
        context.add_init_script(REPORT)
        context.route(lambda url: not url.startswith((base + "/", "data:", "blob:")), self._stop)
        context.on("console", self._note)
        context.on("weberror", lambda error: self.faults.append(f"script error: {error.error}"))
        context.on("requestfailed", self._failed)

    def _stop(self, route: Route) -> None:
        self.faults.append(f"request to another host: {route.request.url}")
        route.abort()

    def _note(self, message: ConsoleMessage) -> None:
        # Chromium reports every answer of 400 and above as an error; the tests check statuses themselves.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"console: {message.text}")

    def _failed(self, request: Request) -> None:
        reason = request.failure or ""
        if "ERR_ABORTED" not in reason:  # what the next page view or a download interrupts
            self.faults.append(f"request failed: {request.url} {reason}")
