"""Skills: what people know, told by their acts and confirmed by their peers.

Owns *skill*, *label*, *alignment* and *history* (the community's own vocabulary, which starts from `starter`), *reference* and *concept*
(public lists installed from their files: `reference_files` reads them, pure), *tag* (what a published thing is about: `detection` finds it,
pure), *person skill*, *evidence*, *confirmation*, *contest* and *level change*. `certification` says what a person's skill is worth in the
eyes of peers (pure). Words: skill, tag, proposal, evidence, confirmation (a voice), level, first expert, sachant. Below: people, ledger.
Above: knowledge, whose acts are the evidence.
"""
