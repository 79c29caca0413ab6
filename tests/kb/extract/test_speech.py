"""Whom a sentence reports: a named person, somebody unknown, or nobody but who speaks."""

from __future__ import annotations

import pytest

from kb.extract.speech import quotations, reported


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("Neel points out that most work looks at the average case.", "Neel"),
        ("Ada Brandt also argues that mills are dear.", "Ada Brandt"),
        ("Mia notes that frogs are few.", "Mia"),
        ("Hume, who never married, argues that reason is inert.", "Hume"),
        ("Brandt (2019) claims that the vaccines came late.", "Brandt"),
        ("In 1936, Keynes argued that saving can be too high.", "Keynes"),
        ("Dr. Jane Doe maintains that the dose is too high.", "Jane Doe"),
        ("According to Jane Doe, the bridge was never inspected.", "Jane Doe"),
        ("The bridge was never inspected, according to Jane Doe.", "Jane Doe"),
        ("As Hume puts it, reason is the slave of the passions.", "Hume"),
        ("Keynes's view is that wages are sticky.", "Keynes"),
        ("In Quine's view, no statement is immune to revision.", "Quine"),
        ("Most mills skip the inspection (Jane Doe's comment).", "Jane Doe"),
        ("MacIntyre argues that virtue needs practices.", "MacIntyre"),
        ("Dolores pointed out to me that this proves too much.", "Dolores"),
        ("Vera Stolz, of the Employers' Forum, told this newspaper that tills would go.", "Vera Stolz"),
        ('Professor Ngugi puts it well: "A dose that heals is no argument for ten."', "Ngugi"),
        ("[[Lindiwe Maseko]] thinks that locks buy time.", "Lindiwe Maseko"),
        ("Bostrom [notes](https://x.example/1) that the waste is large.", "Bostrom"),
        ("I asked in the group; Amadou's answer was that the luckiest team publishes first.", "Amadou"),
        ("By the way, Maurice Tang has a preprint where he says that taste alone explains it.", "Maurice Tang"),
        ("User **tarn** disputes this in issue 4471, where she shows that the loss is a third.", "tarn"),
        ("Thinking about Paul Reyes' claim that debate helps the judge.", "Paul Reyes"),
    ],
)
def test_what_a_person_is_reported_to_say_is_theirs(sentence: str, who: str) -> None:
    said = reported(sentence, sentence)
    assert said is not None
    assert (said.voice, said.speaker) == ("named", who)


@pytest.mark.parametrize(
    "sentence",
    [
        "Proponents say that the dam pays for itself.",
        "Critics of the tax often point out that the poor pay it.",
        "Many people believe that antibiotics cure colds.",
        "Some economists think rents would rise.",
        "Some have suggested that the ship was too heavy.",
        "The standard objection is that nobody would comply.",
        "A common worry about wind farms is that they kill birds.",
        "The received view holds that the letter is a forgery.",
        "One might think that a longer beam is weaker.",
        "You might object that the sample is small.",
        "It is often claimed that monopolies innovate more.",
        "It has been argued that the revolt began in the towns.",
        "Supposedly the valve never fails.",
        "Smith and Jones argue that rents fall.",
        "Smith et al. (2019) claim that rents fall.",
        "Germans argue that rents fall.",
        "He says that the river was poisoned.",
        "The authors claim that the dose was safe.",
        "An objection came from a referee, who maintains that two years are too short.",
    ],
)
def test_what_somebody_is_reported_to_say_is_nobodys_whom_one_could_name(sentence: str) -> None:
    said = reported(sentence, sentence)
    assert said is not None
    assert (said.voice, said.speaker) == ("quoted", None)


@pytest.mark.parametrize(
    "sentence",
    [
        "Correctly points out that most work looks at the average case.",
        "I’d say that it is dear.",
        "Orphans are notes that nothing links to.",
        "Daily notes help with that.",
        "Many people believe that antibiotics cure colds, but they do not.",
        "Neel argues that tariffs raise prices, which seems wrong.",
        "Hume thinks, and I agree, that reason is inert.",
        "Ada mistakenly believes that the pump is old.",
        "The standard view is wrong about the pump.",
        "The main objection is that it is slow.",
        "My view is that it is slow.",
        "Critics are right that it is slow.",
        "Neel's argument fails because rents would rise.",
        "Ada showed that the dose was too high.",
        "In May, Ada wrote the second book on mills.",
        "People argue a lot about mills and rivers.",
        "One could say a lot about the mills of the valley.",
        "OpenAI says that the model is safe.",
        "Wikipedia says that the bridge fell in 1940.",
        "Intuition suggests that the longer beam is weaker.",
        "Prices suggest that the harvest was poor.",
        "According to the report, the bridge was never inspected.",
        "I disagree with the point on mills (Jane Doe's comment).",
        "Nobody says that the mills were cheap.",
    ],
)
def test_what_the_writer_says_stays_the_writers(sentence: str) -> None:
    assert reported(sentence, sentence) is None


def test_a_word_that_the_text_has_in_small_letters_is_no_name() -> None:
    assert reported("The reed says nothing. Reed says that it bends.", "Reed says that it bends.") is None


def test_what_stands_between_two_short_quotations_is_no_quotation() -> None:
    text = (
        'I would call few people "expert", since the field is small with little to read in it, so an "expert" is rare.'
    )
    assert quotations(text, 0, len(text)) == ()
    whole = 'Ada said: "The field is small and has little that one can read, so that few are experts."'
    assert [one.speaker for one in quotations(whole, 0, len(whole))] == ["Ada"]
