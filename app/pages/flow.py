"""资金流: who paid whom around a party, drawn with its loops, and the rows behind each sum."""

import plotly.graph_objects as go
import streamlit as st

from app.services.citing import cite
from app.services.money import MOST_STEPS, Money, money_around, transfers_between
from app.services.naming import find
from app.ui.guard import guarded
from app.ui.look import COLORS, FONTS
from app.ui.panel import sources
from app.ui.safe import plain
from app.ui.session import Opened, Session
from app.ui.tables import pick

HEIGHT = 520
_DRAWN = 60


def _label(money: Money, party: str) -> str:
    kind_name = money.names.get(party)
    return plain(kind_name[1] if kind_name and kind_name[1] else party, 24)


def _sankey(money: Money) -> go.Figure:
    """Draw the greatest flows; Plotly draws a loop as one that goes back."""
    flows = money.flows[:_DRAWN]
    parties = list(dict.fromkeys(party for flow in flows for party in (flow.payer, flow.payee)))
    place = {party: at for at, party in enumerate(parties)}
    colors = [COLORS.get(money.names.get(party, ("", ""))[0], COLORS["other"]) for party in parties]
    figure = go.Figure(
        go.Sankey(
            arrangement="snap",
            textfont={"color": "#1e293b", "shadow": "none"},
            node={"label": [_label(money, party) for party in parties], "color": colors, "pad": 14, "thickness": 14},
            link={
                "source": [place[flow.payer] for flow in flows],
                "target": [place[flow.payee] for flow in flows],
                "value": [flow.amount for flow in flows],
                "color": "rgba(100,116,139,.28)",
                "customdata": [[flow.count, flow.first[:10], flow.last[:10]] for flow in flows],
                "hovertemplate": "%{source.label} → %{target.label}<br>%{value:,.2f} · %{customdata[0]}"
                "<br>%{customdata[1]} — %{customdata[2]}<extra></extra>",
            },
        )
    )
    figure.update_layout(height=HEIGHT, font={"family": FONTS, "size": 13}, margin={"l": 10, "r": 10, "t": 10, "b": 10})
    return figure


def _table(now: Session, opened: Opened, money: Money, floor: float) -> None:
    words = now.words
    rows = [
        {
            words("flow.payer"): _label(money, flow.payer),
            words("flow.payee"): _label(money, flow.payee),
            words("flow.amount"): flow.amount,
            words("flow.count"): flow.count,
            words("flow.first"): flow.first[:10],
            words("flow.last"): flow.last[:10],
        }
        for flow in money.flows
    ]
    for at in pick(rows, "flow_table", [words("flow.amount")]):
        flow = money.flows[at]
        with opened.tables() as connection:
            found = transfers_between(connection, flow.payer, flow.payee, floor)
        listed = [
            {words("flow.time"): one.time, words("flow.amount"): one.amount, words("flow.summary"): plain(one.summary)}
            for one in found
        ]
        st.markdown(f"**{words('flow.rows')}**")
        for row in pick(listed, "flow_rows", [words("flow.amount")]):
            with opened.tables() as connection:
                sources(now, cite(now.context, connection, [found[row].eid]).get(found[row].eid, []))


def _page(now: Session) -> None:
    words = now.words
    st.title(words("common.flow"))
    st.caption(words("flow.what"))
    with st.form("flow_form", border=False):
        first, second, third, fourth = st.columns([5, 2, 2, 1], vertical_alignment="bottom")
        asked = first.text_input(words("flow.label"), value=st.query_params.get("of", ""))
        floor = second.number_input(words("flow.floor"), min_value=0.0, value=0.0, step=1000.0)
        steps = third.number_input(words("flow.steps"), 1, MOST_STEPS, 1)
        if fourth.form_submit_button(words("flow.go"), type="primary", width="stretch"):
            st.query_params["of"] = asked.strip()
    text = st.query_params.get("of", "")
    if not text:
        return
    opened = now.opened()
    with opened.tables() as connection:
        one = find(connection, text)
        money = money_around(connection, [one.id], floor=float(floor), steps=int(steps))
    if not money.flows:
        st.info(words("flow.nothing"))
        return
    if money.cut or len(money.flows) > _DRAWN:
        st.caption(words("flow.cut", drawn=min(_DRAWN, len(money.flows)), listed=len(money.flows)))
    st.plotly_chart(_sankey(money), config={"displaylogo": False})
    _table(now, opened, money, float(floor))


guarded(_page)
