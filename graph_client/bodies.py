"""The answers that we read, as far as we read them: what is missing or new in them does no harm.

Pages hold their entries as they came, so that one that can't be understood never sinks the rest.
Shapes: graph_samples; Microsoft's published types in graph_contract.
"""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.alias_generators import to_camel


def _empty_for_null(value: object) -> object:
    return "" if value is None else value


Text = Annotated[str, BeforeValidator(_empty_for_null)]


class Body(BaseModel):
    """Something that Graph sent; a property that we don't know is passed over."""

    model_config = ConfigDict(extra="ignore", alias_generator=to_camel, populate_by_name=True, frozen=True)


class Page(Body):
    """One page of a collection."""

    value: list[Any]
    next_link: str | None = Field(default=None, alias="@odata.nextLink")


class Site(Body):
    """A SharePoint site."""

    id: str = Field(min_length=1)


class ListItem(Body):
    """One row of a SharePoint list."""

    id: str = Field(coerce_numbers_to_str=True)
    fields: dict[str, Any] = Field(default_factory=dict)
