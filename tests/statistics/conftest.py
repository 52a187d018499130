"""Leads as rows, and the histograms that the statistics take instead of them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

sys.path.append(str(Path(__file__).resolve().parents[1]))
from real_data import folder

Histograms = tuple[np.ndarray, np.ndarray, np.ndarray]


@pytest.fixture(scope="session")
def histograms() -> Callable[[pd.DataFrame, str], Histograms]:
    """Converted by lag, open by age and converted by age, of leads with entry and won."""

    def count(leads: pd.DataFrame, until: str) -> Histograms:
        end = pd.Timestamp(until)
        converted = leads["won"] <= end
        ages = (end - leads["entry"]).dt.days
        lags = (leads["won"] - leads["entry"]).dt.days[converted].clip(lower=0)
        return tuple(
            np.bincount(days.astype(int)) for days in (lags, ages[~converted], ages[converted])
        )

    return count


@pytest.fixture(scope="session")
def olist() -> pd.DataFrame:
    """All leads of Olist: entry, origin, won (NaT where open)."""
    at = folder("olist")
    leads = pd.read_csv(at / "olist_marketing_qualified_leads_dataset.csv")
    deals = pd.read_csv(at / "olist_closed_deals_dataset.csv", usecols=["mql_id", "won_date"])
    won = pd.to_datetime(deals["won_date"], format="%d-%m-%Y %H:%M").dt.normalize()
    leads["entry"] = pd.to_datetime(leads["first_contact_date"], format="%d-%m-%Y")
    leads = leads.merge(deals.assign(won=won), on="mql_id", how="left")
    return leads[["entry", "origin", "won"]]


@pytest.fixture(scope="session")
def olist_2018(olist: pd.DataFrame) -> pd.DataFrame:
    """The leads of Olist since wins were recorded all along."""
    return olist[olist["entry"] >= "2018-01-01"]


@pytest.fixture(scope="session")
def loans() -> pd.DataFrame:
    """All applications of the loan pipeline: entry, won (first approval, NaT where none)."""
    at = folder("loan_pipeline")
    applications = pd.read_csv(at / "applications.csv")
    changes = pd.read_csv(at / "status_changes.csv", usecols=["application", "status", "at"])
    approved = changes[changes["status"] == "A_APPROVED"].groupby("application")["at"].min()
    rows = applications.merge(approved.rename("won"), on="application", how="left")
    local_day = {"entry": "registered_at", "won": "won"}
    return pd.DataFrame({name: pd.to_datetime(rows[c].str[:10]) for name, c in local_day.items()})


@pytest.fixture
def rng() -> np.random.Generator:
    """Chance, the same in every run."""
    return np.random.default_rng(20_181_114)
