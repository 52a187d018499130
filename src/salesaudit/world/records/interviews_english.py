"""Win/loss talks in English, as customers say it and reps note it."""

from __future__ import annotations

from salesaudit.world.records.sentences import LOST, WON, Sentences

ENGLISH = Sentences(
    openings={
        "customer": (
            "It took us about a month to choose.",
            "To be honest with you,",
            "Our finance team made the call; I only ran the comparison.",
            "I can only speak for our department.",
            "It took us two meetings to agree.",
        ),
        "rep": (
            "Note for the Monday meeting.",
            "Third follow-up.",
            "Two months in the pipeline.",
            "Came in from the trade fair.",
        ),
    },
    reasons={
        ("customer", LOST, "price"): (
            "it was nearly twice what we had set aside.",
            "once training and set-up were added, the price got out of hand.",
            "we could not justify that much per user for a shop of our size.",
        ),
        ("customer", LOST, "function"): (
            "it does not talk to the scales in our warehouse, and we use those every day.",
            "there is no stock view on the phone.",
            "approving documents in two steps was missing.",
        ),
        ("customer", LOST, "competitor"): (
            "we went with the system our parent company already runs.",
            "our present supplier matched everything once they heard we were leaving.",
            "the other vendor gave us six months free.",
        ),
        ("customer", LOST, "timing"): (
            "the budget was frozen until next year.",
            "we are moving offices, so the project has been put off.",
            "there is no money for it after a poor third quarter.",
        ),
        ("customer", LOST, "no_decision"): (
            "the partners never agreed and it simply stayed where it was.",
            "we decided to stay on spreadsheets for now and bought nothing.",
        ),
        ("customer", LOST, "trust"): (
            "nobody could show us a firm like ours that uses it.",
            "legal was not comfortable with where the data is kept.",
            "we were not sure anyone would come if it went down at month end.",
        ),
        ("customer", LOST, "fit"): (
            "it felt built for shops, and we are a factory.",
            "it is too big for a team of six.",
        ),
        ("customer", LOST, "service"): (
            "it took two days to get an answer, and we had not even bought yet.",
            "the quotation came late and with the wrong number of users.",
        ),
        ("customer", LOST, "relationship"): (
            "we had three different contacts in two months and started over each time.",
            "we have known the other people for years.",
        ),
        ("customer", WON, "price"): (
            "it was not the expensive option, and everything came in one package.",
            "paying by the month meant no large sum up front.",
        ),
        ("customer", WON, "function"): (
            "the till and the books close in one place, nothing is typed twice.",
            "the tax reports come out ready to file.",
        ),
        ("customer", WON, "trust"): (
            "we visited one of your customers and saw it working.",
            "a month of trial and the figures matched to the cent.",
        ),
        ("customer", WON, "fit"): (
            "it matched the way we work, we hardly changed a thing.",
            "the restaurant set-up worked on the first day.",
        ),
        ("customer", WON, "service"): (
            "your people came over, set it up and moved our old data.",
            "somebody answers even in the evening.",
        ),
        ("customer", WON, "relationship"): (
            "we have dealt with the same person since her last company.",
            "he never pushed us, he kept asking where we were stuck.",
        ),
        ("rep", LOST, "price"): (
            "Too expensive for them.",
            "Lost on price.",
            "Wanted another 20% off, not approved.",
        ),
        ("rep", LOST, "function"): (
            "Needs the link to the scales, which we do not have.",
            "No mobile stock view.",
        ),
        ("rep", LOST, "competitor"): (
            "Went with another vendor.",
            "Incumbent came back with a better offer.",
        ),
        ("rep", LOST, "timing"): (
            "No budget this year.",
            "Project postponed, waiting for next year's plan.",
        ),
        ("rep", LOST, "no_decision"): (
            "No decision, they stay with what they have.",
            "Nobody there will sign it off.",
        ),
        ("rep", LOST, "trust"): (
            "Asked for a reference in their trade, we had none.",
            "Worried about data in the cloud.",
        ),
        ("rep", LOST, "contact_lost"): (
            "No reply for two weeks.",
            "Contact has left, new one does not pick up.",
        ),
        ("rep", LOST, "fit"): (
            "Small factory, too much system for them.",
            "Their process is too particular.",
        ),
        ("rep", LOST, "service"): (
            "Our quotation was late and they were annoyed.",
            "We moved the demo twice.",
        ),
        ("rep", LOST, "relationship"): (
            "They are close to their present supplier.",
            "Case changed hands too often.",
        ),
        ("rep", WON, "price"): (
            "Monthly payment closed it.",
            "We came in below the others.",
        ),
        ("rep", WON, "function"): (
            "They liked the link to the till.",
            "Tax reports closed it.",
        ),
        ("rep", WON, "trust"): (
            "Reference visit did it.",
            "Signed after a month of trial.",
        ),
        ("rep", WON, "fit"): (
            "Exactly their kind of business.",
            "Restaurant template fitted at once.",
        ),
        ("rep", WON, "service"): (
            "Installers moved the old data, they were impressed.",
            "We answered faster than the others, their words.",
        ),
        ("rep", WON, "relationship"): (
            "Old contact, easy to talk to.",
            "Visited every month.",
        ),
    },
    closings={
        ("customer", LOST): (
            "Come back to us next year.",
            "The product itself was fine.",
            "A pity, really.",
        ),
        ("customer", WON): (
            "We have used it for a month and nothing has gone wrong.",
            "The second branch will follow soon.",
        ),
        ("rep", LOST): ("Closed.", "Will try again next quarter."),
        ("rep", WON): ("Handed to installation.", "Second branch possible."),
    },
)
