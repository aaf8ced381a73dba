"""Effects: what a lever did, how sure one may be, and what could be seen at all (F33, METHOD 3.9 and 3.11). Pure.

Import from the small modules, and only in jobs and commands where the third column says so; none of them knows Django.

| module | names | brings scipy |
|---|---|---|
| `cells` | `Cell`, `Estimate`, the codes of notes | no |
| `designs` | `Design`, `Draw`, `draw_order` | no |
| `verdicts` | `Verdict`, `verdict`, `verdicts`, `shrunk` | no |
| `posteriors` | `PRIORS`, `Prior`, `Posterior`, `posterior` | no |
| `estimates` | `estimate`, `estimate_messages`, `pre_trend` | yes |
| `detectable` | `detectable` | yes |
| `records` | `record`, `redo` | yes |
"""
