"""Headers: spellings of one column meet, other columns do not."""

from __future__ import annotations

import pytest

from salesaudit.sources.recognise.headers import Headers, is_loaders, plain


@pytest.mark.parametrize(
    ("spellings", "meet"),
    [
        (("Close Date", "CloseDate", "close_date", "CLOSE-DATE", " close  date "), "close date"),
        (("Deal - ID", "deal_id", "DealID", "Deal.Id"), "deal id"),
        (("IsWon", "is_won", "Is Won"), "is won"),
        (("hs_object_id", "Hs Object ID"), "hs object id"),
        (("Erstelldatum", "ERSTELLDATUM"), "erstelldatum"),
        (("Straße", "STRASSE"), "strasse"),
        (("e\u0301tape", "\u00c9tape"), "\u00e9tape"),
        (("วันที่สร้าง", " วันที่สร้าง\u200b"), "วันที่สร้าง"),
    ],
)
def test_spellings_of_one_header_meet(spellings: tuple[str, ...], meet: str) -> None:
    assert {plain(spelling) for spelling in spellings} == {meet}


def test_a_column_is_found_by_label_by_api_name_and_by_a_warehouses_name() -> None:
    for header in ("Lifecycle Stage", "lifecycle_stage", "property_lifecycle_stage"):
        assert Headers([header]).find(["Lifecycle Stage"]) == header
    assert Headers(["MQL_Date__c"]).find(["MQL Date"]) == "MQL_Date__c"
    assert Headers(["mql_date_c"]).find(["MQL Date"]) == "mql_date_c"


def test_an_exact_spelling_goes_before_a_stripped_one() -> None:
    headers = Headers(["hs_createdate", "createdate"])
    assert headers.find(["createdate"]) == "createdate"
    assert headers.find(["hs_createdate"]) == "hs_createdate"


def test_a_prefix_of_the_export_is_stripped_and_remembered() -> None:
    headers = Headers(["Deal - Stage", "Person - Name"], ["Deal - "])
    assert headers.find(["Stage"]) == "Deal - Stage"
    assert headers.prefixed
    assert not Headers(["Stage"], ["Deal - "]).prefixed


def test_columns_of_loaders_are_known() -> None:
    assert is_loaders("_fivetran_synced")
    assert is_loaders("_AIRBYTE_extracted_at")
    assert not is_loaders("fivetran_account_id_c")
