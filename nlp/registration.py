"""The names of the components, what each needs and gives, and the extensions of the Doc that carry their work."""

from spacy.tokens import Doc

# Order matters: who comes first keeps a span.
COMPONENTS = (
    "shenwa_normalise",
    "shenwa_structure",
    "shenwa_identifiers",
    "shenwa_dates",
    "shenwa_money",
    "shenwa_tagger",
    "shenwa_projects",
    "shenwa_organisations",
    "shenwa_persons",
    "shenwa_posts",
    "shenwa_places",
    "shenwa_linking",
    "shenwa_references",
    "shenwa_relations",
)
# mapped: nlp.normalise.mapped.Mapped; taken: nlp.spans.Taken; sentences: list[Sentence]; tokens: list[Token];
# form: nlp.structure.Form; voices: nlp.speaking.Voices; references: list[Anaphor]; relations: list[Tie]
EXTENSIONS = ("mapped", "taken", "sentences", "tokens", "form", "voices", "references", "relations")


def register_extensions() -> None:
    """Add the extensions to spaCy's Doc, once."""
    for name in EXTENSIONS:
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)
