"""Villagers, their households and land, and the ordinary benefits that they receive."""

import random
from dataclasses import dataclass, field
from datetime import date

from county.forms import Month, months
from county.offices import VILLAGES, household
from county.world import County, Person

PENSION, ADVANCED, POOR, DISABLED = "城乡居民基础养老金", "高龄津贴", "农村低保", "残疾人两项补贴"
LAND, DESTITUTE, SURVIVOR, FUNERAL = "耕地地力保护补贴", "特困人员供养", "遗属生活补助", "丧葬补助金"
RATES = {PENSION: 148.0, ADVANCED: 60.0, POOR: 420.0, DISABLED: 130.0, DESTITUTE: 860.0, SURVIVOR: 510.0}
FIRST, LAST = Month(2020, 1), Month(2022, 12)


@dataclass
class Rolls:
    """Who certifies in which village, and into which card money goes."""

    county: County
    certifiers: dict[str, Person]
    cards: dict[str, str] = field(default_factory=dict)

    def give(
        self,
        person: Person,
        programme: str,
        month: Month,
        amount: float,
        *,
        village: str | None = None,
        card: str | None = None,
        batch: str | None = None,
        status: str = "成功",
    ) -> None:
        """Record one benefit; the columns that a year's file lacks are left out."""
        place = village or person.village or VILLAGES[0]
        certifier = self.certifiers[place]
        number = f"BT{month.year}{self.county.next('benefit'):05d}"
        account = (
            card or self.cards.get(person.id) or self.cards.setdefault(person.id, self.county.account(person, bank=0))
        )
        book = self.county.book
        if month.year == 2020:
            book.add(
                "补贴2020",
                发放编号=number,
                项目=programme,
                月份=month,
                受益人=person.name,
                身份证号=person.id,
                行政村=place,
                金额=amount,
                收款账号=account,
                经办人=certifier.name,
                经办人身份证号=certifier.id,
            )
        elif month.year == 2021:
            land = programme == LAND
            book.add(
                "补贴2021",
                发放编号=number,
                项目=programme,
                月份=month,
                受益人=person.name,
                身份证号=person.id,
                行政村=place,
                户主=person.name if land else None,
                数量=round(amount / 112, 1) if land else 1,
                单位="亩" if land else "人",
                标准="112元/亩" if land else f"{amount:g}元/月",
                金额=amount,
                收款账号=account,
                批次=batch or f"{month.year}年{month.month}月",
                发放状态=status,
                经办人=certifier.name,
                经办人身份证号=certifier.id,
            )
        else:
            book.add(
                "补贴2022",
                发放编号=number,
                补贴项目=programme,
                发放月份=month,
                姓名=person.name,
                身份证号码=person.id,
                所在村=place,
                发放金额=amount,
                一卡通账号=account,
                批次=batch,
                状态=status,
                审核人=certifier.name,
                经办人身份证号码=certifier.id,
            )

    def monthly(self, person: Person, programme: str, first: Month, last: Month, **more: str | None) -> None:
        """Record a benefit for each month from first to last."""
        for month in months(first, last):
            self.give(person, programme, month, RATES[programme], **more)  # type: ignore[arg-type]


def _bury(county: County, person: Person, died: date, registered: date) -> None:
    county.book.add("死亡登记", 姓名=person.name, 身份证号=person.id, 死亡日期=died, 登记日期=registered)


def _land(rolls: Rolls, rng: random.Random, head: Person) -> None:
    area = round(2.5 + rng.random() * 9, 1)
    rolls.county.book.add(
        "土地确权",
        承包方代表=head.name,
        身份证号=head.id,
        行政村=head.village,
        合同面积=area,
        实测面积=round(area * (0.97 + rng.random() * 0.05), 2),
    )
    for year in (2020, 2021, 2022):
        rolls.give(head, LAND, Month(year, 5), round(area * 112, 2))


def villagers(county: County, rolls: Rolls) -> None:
    """Record eight households a village, their land, pensions, allowances for the very old, the poor, the disabled."""
    rng = random.Random("villagers")
    for place in VILLAGES:
        for turn in range(8):
            head = county.somebody(rng, 1948, 1978, "男" if turn % 4 else "女", place)
            others: list[tuple[str, Person]] = []
            if turn % 3 == 0:
                old = county.somebody(rng, 1933, 1939, "女", place)
                others.append(("母亲", old))
                last = LAST
                if turn == 6 and place in VILLAGES[:4]:  # died, reported in time, stopped in time
                    died = date(2021, 3 + VILLAGES.index(place) * 2, 11)
                    _bury(county, old, died, date(2021, died.month, 25))
                    last = Month(2021, died.month)
                if turn in (0, 6) and VILLAGES.index(place) % 2 == 0:
                    rolls.monthly(old, ADVANCED, FIRST, last)
            household(county, place, head, *others)
            if turn < 7:
                _land(rolls, rng, head)
            if head.born <= 1958 and turn % 2 == 0:
                rolls.monthly(head, PENSION, FIRST, LAST)
            elif turn == 7 and head.born > 1960:
                rolls.monthly(head, POOR, FIRST, Month(2022, 6))
            elif turn == 5 and head.born > 1965:
                rolls.monthly(head, DISABLED, Month(2020, 4), LAST)
