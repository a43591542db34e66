"""What data tell of parameters, on cases whose answer is known."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.common.language import Text
from sim.evidence.inference.identifiability import identifiability, pair_words, record, sentences

NAMES = (Text("外出", "leaving"), Text("返乡", "return"), Text("生育", "fertility"))


def posterior(slopes: np.ndarray, prior: np.ndarray) -> np.ndarray:
    return np.linalg.inv(np.linalg.inv(prior) + slopes.T @ slopes)


def test_only_the_difference_is_known() -> None:
    """One figure that sees leaving less return, precisely; nothing sees fertility."""
    prior = np.eye(3)
    found = identifiability(NAMES, prior, posterior(np.array([[30.0, -30.0, 0.0]]), prior))
    assert found.determined == pytest.approx(1.0, abs=0.002)
    np.testing.assert_allclose(found.contraction, [0.5, 0.5, 0.0], atol=0.002)
    assert [(pair.first, pair.second) for pair in found.pairs] == [(0, 1)]
    assert found.pairs[0].after > 0.99
    assert "only their difference is known" in pair_words(found, found.pairs[0]).en
    assert "只知两者之差" in pair_words(found, found.pairs[0]).zh
    assert found.silent == (2,)
    assert len(found.known) == 1
    assert len(found.unknown) == 2
    assert any("fertility" in text.en and "hardly speak" in text.en for text in sentences(found))


def test_only_the_sum_is_known() -> None:
    prior = np.diag([0.16, 0.16, 1.0])
    found = identifiability(NAMES, prior, posterior(np.array([[50.0, 50.0, 0.0], [0.0, 0.0, 20.0]]), prior))
    assert "only their sum is known" in pair_words(found, found.pairs[0]).en
    assert found.contraction[2] > 0.99
    assert sentences(found)[1].en.startswith("best known: fertility 100%")


def test_what_was_tied_before_is_not_said_again() -> None:
    """Two parameters that are all but one beforehand: nothing new is learnt of the pair, and a third pairs once."""
    prior = np.array([[1.0, 0.97, 0.0], [0.97, 1.0, 0.0], [0.0, 0.0, 1.0]])
    found = identifiability(NAMES, prior, posterior(np.array([[9.0, 0.0, 9.0]]), prior))
    assert len(found.pairs) == 1
    assert found.pairs[0].second == 2


def test_no_data_no_knowledge() -> None:
    prior = np.diag([1.0, 4.0, 0.1])
    found = identifiability(NAMES, prior, prior)
    assert found.determined == pytest.approx(0.0)
    assert found.silent == (0, 1, 2)
    assert not found.pairs
    assert not found.known


@given(st.integers(0, 2**32 - 1), st.integers(1, 6))
def test_information_adds_up(seed: int, figures: int) -> None:
    """Σ λ/(1 + λ) is the trace of the share gone, at most the number of figures; units do not matter."""
    rng = np.random.default_rng(seed)
    root = np.tril(rng.normal(size=(3, 3))) + 2.0 * np.eye(3)
    prior = root @ root.T
    after = posterior(3.0 * rng.normal(size=(figures, 3)), prior)
    found = identifiability(NAMES, prior, after)
    assert found.determined == pytest.approx(3.0 - np.trace(np.linalg.solve(prior, after)), abs=1e-6)
    assert -1e-6 <= found.determined <= min(3, figures) + 1e-6
    assert np.all(found.contraction > -1e-9)
    assert len(found.known) + len(found.unknown) == 3
    scale = np.diag([1e-3, 1.0, 1e4])
    other = identifiability(NAMES, scale @ prior @ scale, scale @ after @ scale)
    np.testing.assert_allclose(other.contraction, found.contraction, atol=1e-6)
    assert other.determined == pytest.approx(found.determined, abs=1e-6)
    assert record(found)["determined"] == round(found.determined, 2)
