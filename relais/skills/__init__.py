"""Skills: what people know, told by their acts and confirmed by their peers.

Owns *skill*, *label*, *alignment* and *history* (the community's own vocabulary), *reference* and *concept* (public lists installed from
their files: `reference_files` reads them, pure). `certification` says what a person's skill is worth in the eyes of peers (pure). Words:
skill, evidence, confirmation (a voice), level, panel, sachant. Below: people, ledger. Above: knowledge, whose acts are the evidence.
"""
