"""Colleagues meet: workshops are proposed, attended, rated; needs are said, wished, met."""

from __future__ import annotations

from typing import Any

from relais.demo.stage import Stage
from relais.knowledge.actions import attendance, exchanges, needs, workshops
from relais.knowledge.actions.workshops import WorkshopText
from relais.knowledge.models import Exchange, Need, Registration, Workshop

PLACES = {"sav": "Salle des pièces", "production": "Atelier ferrage", "relation-client": "Salle du comptoir"}


def workshop_propose(stage: Stage, who: int, about: str, value: Any) -> None:
    text = WorkshopText(
        title=value["title"],
        circle=stage.circles[value["circle"]],
        starts_at=stage.moment(value["start"]),
        ends_at=stage.moment(value["end"]),
        capacity=12,
        format=value["shape"],
        place=PLACES.get(value["circle"], "Salle de réunion, rez-de-chaussée"),
        warm_up=value["warm_up"],
        use_case=stage.cases.get(value["case"]),
    )
    stage.things[about] = workshops.propose_workshop(text, by=stage.people[who])
    stage.things[f"{about} notes"] = value["notes"]


def workshop_register(stage: Stage, who: int, about: str, value: Any) -> None:
    attendance.register(stage.things[about], by=stage.people[who])


def warm_up(stage: Stage, who: int, about: str, value: Any) -> None:
    """Those who have a place answer; those who wait do not."""
    if _place(stage.things[about], stage, who):
        attendance.warm_up(stage.things[about], value, by=stage.people[who])


def _place(workshop: Workshop, stage: Stage, who: int) -> Registration | None:
    places = Registration.objects.filter(workshop=workshop, person=stage.people[who], state=Registration.State.REGISTERED)
    return places.select_related("person").first()


def workshop_come(stage: Stage, who: int, about: str, value: Any) -> None:
    """The host ticks the list."""
    if place := _place(stage.things[about], stage, value):
        attendance.mark_came(stage.things[about], place, came=True, by=stage.people[who])


def workshop_close(stage: Stage, who: int, about: str, value: Any) -> None:
    workshops.close_workshop(stage.things[about], by=stage.people[who])


def workshop_worth(stage: Stage, who: int, about: str, value: Any) -> None:
    place = _place(stage.things[about], stage, who)
    if place and place.came:
        attendance.rate_workshop(stage.things[about], worth=value[0], relevance=value[1], by=stage.people[who])


def workshop_publish(stage: Stage, who: int, about: str, value: Any) -> None:
    """What came out of it becomes a content of its case, when it has one."""
    workshop: Workshop = workshops.keep_materials(stage.things[about], stage.things[f"{about} notes"], by=stage.people[who])
    if workshop.use_case_id:
        workshops.publish_materials(workshop, by=stage.people[who])


def need_open(stage: Stage, who: int, about: str, value: Any) -> None:
    stage.things[about] = needs.open_need(value["title"], value["why"], circle=stage.circles[value["circle"]], by=stage.people[who])


def need_wish(stage: Stage, who: int, about: str, value: Any) -> None:
    needs.wish(stage.things[about], by=stage.people[who])


def need_offer(stage: Stage, who: int, about: str, value: Any) -> None:
    needs.offer(stage.things[about], by=stage.people[who])


def need_propose(stage: Stage, who: int, about: str, value: Any) -> None:
    stage.things[f"{about} workshop"] = needs.propose_for(stage.things[about], by=stage.people[who])


def need_register(stage: Stage, who: int, about: str, value: Any) -> None:
    attendance.register(stage.things[f"{about} workshop"], by=stage.people[who])


def need_meet(stage: Stage, who: int, about: str, value: Any) -> None:
    """It took place: everybody came, and it is closed."""
    workshop: Workshop = stage.things[f"{about} workshop"]
    for place in workshop.registrations.select_related("person"):
        attendance.mark_came(workshop, place, came=True, by=stage.people[who])
    workshops.close_workshop(workshop, by=stage.people[who])


def need_close(stage: Stage, who: int, about: str, value: Any) -> None:
    need: Need = stage.things[about]
    needs.close_need(need, met=value, by=stage.people[who])


def exchanges_open(stage: Stage, who: int, about: str, value: Any) -> None:
    exchanges.open_to_exchanges(value, by=stage.people[who])


def round_draw(stage: Stage, who: int, about: str, value: Any) -> None:
    """An animator draws the pairs of a circle."""
    stage.things[about] = exchanges.draw_round(stage.circles[value], by=stage.people[who])


def round_close(stage: Stage, who: int | None, about: str, value: Any) -> None:
    """Each of the pairs but the last says that it took place."""
    for exchange in list(Exchange.objects.filter(round=stage.things[about]).select_related("asker", "other").order_by("pk"))[:-1]:
        for person in (exchange.asker, exchange.other):
            exchanges.close_exchange(exchange, happened=True, useful=4, by=person)
