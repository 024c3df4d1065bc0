"""A component of the register → the printed values of its card; its state in words."""

from PySide6.QtCore import QCoreApplication

from desktop.widgets.component_card import ComponentValue
from domain.components import Component, ComponentState


def component_state_word(state: ComponentState) -> str:
    translate = QCoreApplication.translate
    return {
        ComponentState.IN_ORDER: translate("component", "完好"),
        ComponentState.DAMAGED: translate("component", "损坏"),
        ComponentState.MISSING: translate("component", "缺失"),
        ComponentState.RETIRED: translate("component", "停用"),
    }[state]


def component_value(component: Component, area_name: str, source: str = "") -> ComponentValue:
    """`area_name` as the site names the component's grid; `source` says where the register comes from and how old it is."""
    return ComponentValue(
        number=component.id,
        kind=component.kind,
        place=component.place,
        area=area_name,
        department=component.department,
        owner=component.owner,
        maintainer=component.maintainer,
        state=component_state_word(component.state),
        wrong=component.state in (ComponentState.DAMAGED, ComponentState.MISSING),
        source=source,
    )
