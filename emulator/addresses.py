"""A site's address in a path, which may stand as an id or as host name and path."""


def site_address_joined(segments: list[str]) -> list[str]:
    """A site may be addressed as {host}:/{path} or {host}:/{path}:/lists: its address becomes one segment."""
    if len(segments) < 2 or segments[0].lower() != "sites" or not segments[1].endswith(":"):
        return segments
    path: list[str] = []
    rest = segments[2:]
    while rest:
        part = rest.pop(0)
        path.append(part.removesuffix(":"))
        if part.endswith(":"):
            break
    return ["sites", f"{segments[1]}/{'/'.join(path)}", *rest]
