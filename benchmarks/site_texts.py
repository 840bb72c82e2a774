"""Invented articles, and the furniture of pages around them, for benchmarks/site_pages.py. All names are made up."""

from __future__ import annotations

from typing import NamedTuple


class Article(NamedTuple):
    """An article: ``paragraphs`` is text, ``items`` a list in the middle of it, ``quote`` a quotation set apart."""

    headline: str
    standfirst: str
    author: str
    date: str
    day: str
    paragraphs: tuple[str, ...]
    subheading: str
    items: tuple[str, ...]
    quote: str
    caption: str
    doi: str


ARTICLES = (
    Article(
        "Evening walks lower blood sugar, trial suggests",
        "People with early diabetes who walked after dinner had steadier sugar through the night.",
        "Maren Holt",
        "2023-03-14",
        "14 March 2023",
        (
            "A short walk after the evening meal may keep blood sugar from rising as steeply, according to a small trial in forty adults with early diabetes.",
            "The volunteers wore a sensor on the arm for two weeks. In one week they walked for twenty minutes after dinner, in the other they sat and read.",
            "Sugar levels peaked about a tenth lower on the walking days, the team from Larkfield University reports in the Annals of Invented Metabolism.",
            "The effect faded by morning, and the trial was too short to say whether anyone's health improved. It also had no people on insulin.",
            "Dr. Ines Falk, who led the work, said the next step was a year-long study with three hundred people and a proper control group.",
            "Until then, she would not tell patients to swap their tablets for trainers. “A walk costs nothing and feels good,” she said, “but it is no cure.”",
        ),
        "What the sensor showed",
        (
            "Peaks after dinner were about ten per cent lower on walking days.",
            "Sugar before breakfast did not differ between the two weeks.",
            "Nobody had to stop because of pain or dizziness.",
        ),
        "“We were surprised by how quickly the curve flattened,” said co-author Piet Arends.",
        "A couple walking along the canal at dusk. Photo: Larkfield Press Office",
        "10.5555/invented.2023.0314",
    ),
    Article(
        "Study links loud homes to restless sleep in toddlers",
        "Researchers measured sound in two hundred bedrooms and found a pattern, though not a cause.",
        "Tomas Revell",
        "2022-11-02",
        "2 November 2022",
        (
            "Toddlers who live beside busy roads wake more often at night, a study of two hundred families in three cities has found.",
            "Small microphones stood on the shelf for five nights. The louder the room, the more often the children woke, even when the family's income was taken into account.",
            "The authors stress that the study shows an association only. Noisy streets also have dirtier air, and parents who are tired may notice waking more.",
            "An outside expert, Prof. Dana Whitlock of the Sleep Institute, called the measurements careful but the sample narrow.",
            "All children were between eighteen months and three years old. None had a known sleep disorder, and most shared a room with a brother or sister.",
            "The paper appeared on Tuesday in the Journal of Invented Paediatrics. The city of Marrow paid for the microphones and had no say in the results.",
        ),
        "How the rooms were measured",
        (
            "Each microphone stored loudness once a second and no speech.",
            "Parents kept a diary of bedtimes and wakings.",
            "Rooms with a fan or an air filter were analysed apart.",
        ),
        "“It would be wrong to tell parents to move house on the strength of this,” Whitlock said.",
        "A nursery window above a main road. Picture: City of Marrow",
        "10.5555/invented.2022.1102",
    ),
    Article(
        "Mouse experiment hints at why garlic calms inflamed joints",
        "A sulphur compound slowed a signal that drives swelling, but only in animals so far.",
        "Greta Sandoval",
        "2021-06-21",
        "21 June 2021",
        (
            "Scientists have found how a compound from garlic might ease swollen joints, at least in mice that were bred to develop arthritis.",
            "Animals that got the compound in their water had paws a third thinner after four weeks. A signal called R-7 was nearly silent in their joints.",
            "Whether people would have to eat a whole field of garlic for the same effect is not known. The dose was far above what a meal contains.",
            "The group at the Vey Institute now wants to change the molecule so that less of it is needed. A patent has been filed.",
            "Rheumatologist Oskar Lind, who was not part of the study, warned against stopping medicines. Untreated arthritis can destroy a joint within months.",
            "The experiment is described in Invented Reports on Immunity. It was paid for by a public fund and, in part, by a maker of supplements.",
        ),
        "Three open questions",
        (
            "Does the compound reach human joints at all?",
            "Are thinner paws a sign of healthier cartilage?",
            "What happens when treatment stops after a month?",
        ),
        "“Mice are not small people,” said Lind, “and garlic is not a drug.”",
        "Bulbs drying in a barn. Credit: Vey Institute archive",
        "10.5555/invented.2021.0621",
    ),
)

COOKIES = (
    "We and our 842 partners store and read information on your device, such as cookies, to show personalised advertising and to measure content. You can change your choice at any time.",
    "By clicking “Accept all” you agree to this. Read more in our privacy policy.",
)
MENU = ("Home", "News", "Health", "Diet and fitness", "Science", "Opinion", "Podcasts", "Shop", "Subscribe", "Log in")
RELATED = (
    "Ten foods that a cardiologist would never keep in the fridge",
    "Coffee lovers live longer, huge analysis of a million people finds",
    "The five minute stretch that physiotherapists swear by every morning",
    "Why your knees crack on the stairs, and when to see a doctor about it",
    "Patients wait longest for hip surgery in ten years, figures show",
    "Could this common herb be the answer to a good night's rest?",
)
TEASERS = (
    "A landmark trial of a new migraine pill has been halted early. Doctors say that the results were clear after half of the planned year, and that all volunteers will now be offered the drug.",
    "The health secretary has promised five hundred new clinics before winter. Unions called the plan a headline without staff, and asked who would run the clinics after the first month.",
    "Swimmers in cold water swear that it lifts their mood. A review of thirty studies finds little proof of it, but no great danger either for people whose hearts are sound.",
)
COMMENTS = (
    (
        "walker52",
        "I have walked every evening since my husband died and my doctor says that my numbers are the best in years. Nobody needed a trial to tell me that, I can tell you.",
    ),
    (
        "Sceptic",
        "Forty people is nothing. I bet that the next study finds the opposite and then you will write the opposite headline. It is always the same with this paper.",
    ),
    (
        "nurse_jo",
        "Please do not stop your tablets because of something that you read online! I see people in my ward each week who did exactly that, and it breaks my heart.",
    ),
    (
        "Ed from Marrow",
        "We moved away from the main road and our boy sleeps like a stone now. I do not care what the professor says about causes, I know what I see.",
    ),
    ("garlicgirl", "My grandmother ate two raw cloves each day and lived to be ninety six. I rest my case."),
)
NEWSLETTER = "Sign up for our weekly health letter. Every Thursday we send you the stories that matter, chosen by our editors, straight to your inbox. You can leave at any time."
PAYWALL = "You have read three of your five free articles this month. Subscribe from one pound a week to read without limits and to support our reporting."
LEGAL = "The content of this site is for information only and is no medical advice. Always ask your doctor before you change a treatment. Copyright 2023 Invented Media Group. All rights reserved."
AUTHOR_BIO = "writes about medicine and the body. Before joining us she worked in a laboratory, which she does not miss. Follow her for more stories."
BOILER_PRESS = "Larkfield University was founded in 1911 and teaches nine thousand students. It is a member of the League of Invented Universities and employs two thousand people in the region."
