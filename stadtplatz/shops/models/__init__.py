"""Shops, sellers, what is asked about entries of the map, and what passes between shops, customers and the desk."""

from stadtplatz.shops.models.care import CareTask, DayCount, Enquiry
from stadtplatz.shops.models.period import NoticePeriod
from stadtplatz.shops.models.requests import ClaimLetter, ClaimRequest, RemovalRequest, Request
from stadtplatz.shops.models.seller import Complaint, Seller
from stadtplatz.shops.models.shop import Branch, Membership, Shop
from stadtplatz.shops.models.showing import ShopPicture, StallTime
from stadtplatz.shops.models.terms import SellerTerms, TermsAcceptance

__all__ = [
    "Branch",
    "CareTask",
    "ClaimLetter",
    "ClaimRequest",
    "Complaint",
    "DayCount",
    "Enquiry",
    "Membership",
    "NoticePeriod",
    "RemovalRequest",
    "Request",
    "Seller",
    "SellerTerms",
    "Shop",
    "ShopPicture",
    "StallTime",
    "TermsAcceptance",
]
