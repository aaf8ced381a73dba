"""A community's history in the format of the Stack Exchange data dump (`Posts.xml`).

*posts* reads the file, *selection* says what is taken and why the rest is not (both pure), *history* writes it with the product's own
actions at the original dates. `ImportedObject` remembers what became of each row, so that an import can be repeated.

Circles: one for the community, and one for each of its tags that gathers enough questions to be a theme one joins
(`TAG_CIRCLES` at most, used `TAG_MINIMUM` times at least). Hundreds of rare tags would make hundreds of empty circles: they
stay as words under the case, where search finds them.
"""
