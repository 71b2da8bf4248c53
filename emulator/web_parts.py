"""The parts that a page may be made of, through Graph: text, and fourteen kinds besides. No list, no chart."""

from typing import Any

from emulator.answers import GraphError

SUPPORTED = {
    "e377ea37-9047-43b9-8cdb-a761be2f8e09": "Bing Maps",
    "0f087d7f-520e-42b7-89c0-496aaf979d58": "Button",
    "df8e44e7-edd5-46d5-90da-aca1539313b8": "Call To Action",
    "2161a1c6-db61-4731-b97c-3cdb303f7cbb": "Divider",
    "b7dd04e1-19ce-4b24-9132-b60a1c2b910d": "Document Embed",
    "d1d91016-032f-456d-98a4-721247c305e8": "Image",
    "af8be689-990e-492a-81f7-ba3e4cd3ed9c": "Image Gallery",
    "6410b3b6-d440-4663-8744-378976dc041e": "Link Preview",
    "e84a8ca2-f63c-4fb9-bc0b-d8eef5ccb22b": "Org Chart",
    "7f718435-ee4d-431c-bdbf-9c4ff326f46e": "People",
    "c70391ea-0b10-4ee9-b2b4-006d3fcad0cd": "Quick Links",
    "8654b779-4886-46d4-8ffb-b5ed960ee986": "Spacer",
    "544dd15b-cf3c-441b-96da-004d5a8cea1d": "YouTube",
    "cbe7b0a9-3504-44dd-a3a3-0e5cacd07788": "Title Area",
}
"""The only standard web parts that pages take (graph.md §4)."""
LAYOUTS = {
    "oneColumn",
    "twoColumns",
    "threeColumns",
    "oneThirdLeftColumn",
    "oneThirdRightColumn",
    "fullWidth",
}


def check_canvas(canvas: Any) -> None:
    """Refuse a layout that Graph would refuse."""
    if canvas is None:
        return
    if not isinstance(canvas, dict) or set(canvas) - {"horizontalSections", "verticalSection", "id"}:
        raise _refused("The canvasLayout has horizontalSections and a verticalSection.")
    for section in _objects(canvas.get("horizontalSections") or []):
        check_section(section)
    check_parts((canvas.get("verticalSection") or {}).get("webparts") or [])


def check_section(section: dict[str, Any]) -> None:
    """Refuse a section that Graph would refuse."""
    if section.get("layout", "oneColumn") not in LAYOUTS:
        raise _refused(f"'{section.get('layout')}' is no layout of a section.")
    for column in _objects(section.get("columns") or []):
        check_parts(column.get("webparts") or [])


def check_parts(parts: Any) -> None:
    """Refuse a web part that Graph doesn't take."""
    for part in _objects(parts):
        if "innerHtml" in part:
            if not isinstance(part["innerHtml"], str):
                raise _refused("The innerHtml of a text web part is a text.")
        elif str(part.get("webPartType", "")).lower() not in SUPPORTED:
            raise _refused(f"The web part '{part.get('webPartType')}' is not supported.")


def _objects(given: Any) -> list[dict[str, Any]]:
    if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
        raise _refused("Sections, columns and web parts are lists of objects.")
    return given


def _refused(said: str) -> GraphError:
    return GraphError(400, "invalidRequest", said)
