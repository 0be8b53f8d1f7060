"""Reporting in Arabic, from right to left, on a small phone."""

from playwright.sync_api import expect

from tests.journeys import steps

LIGHT = "مصباح الشارع معطل منذ أسبوع والمكان مظلم"


def test_somebody_reports_a_dark_street_light_in_arabic(visitor):
    citizen = visitor(width=360)
    page = citizen.visit("/ar/anliegen/")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    citizen.sees("أخبر المدينة بما يجب تحسينه")
    citizen.visit("/ar/anliegen/neu/")
    citizen.write("بكلماتك", LIGHT)
    citizen.press("متابعة")
    citizen.sees("أين المكان؟")
    citizen.write("الشارع ورقم المنزل، أو اسم مكان", "Marktplatz 5")
    citizen.press("متابعة")
    citizen.sees("ما الموضوع؟")
    citizen.use(page.locator("button[value=street-light]").first)
    citizen.sees("معلومات إضافية قليلة")
    citizen.pick(page.locator("input[type=radio]:visible").first)
    citizen.press("متابعة")
    citizen.sees("المراجعة والإرسال")
    citizen.reads(LIGHT)
    citizen.write("بريدك الإلكتروني", "noor@example.org")
    citizen.press("إرسال البلاغ")
    citizen.sees("شكرًا. وصل بلاغك.")
    citizen.follow("إلى بلاغي")
    citizen.reads(LIGHT, "وصل بلاغك. سيتولاه أحد الموظفين قريبًا.")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    steps.newest_mail(visitor(width=360), "noor@example.org", about="وصل بلاغك")


def test_pages_beyond_reporting_say_in_arabic_that_they_are_german(visitor):
    citizen = visitor(width=360)
    page = citizen.visit("/ar/suche/")
    expect(page.locator("html")).to_have_attribute("lang", "de")
    citizen.reads("هذه الصفحة متوفرة بالألمانية والإنجليزية فقط.")
    citizen.follow("أبلغ بلغتك", within=page.locator("aside"))
    citizen.sees("أخبر المدينة بما يجب تحسينه")
