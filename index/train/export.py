"""Write a student as a folder that sentence-transformers opens: weights in safetensors, no code;
and its graph, so that questions are read without PyTorch.

Weights are stored in half precision and opened in single: half the folder, and the vectors differ
by less than a thousandth.
"""

import json
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer

from index.train.bert import Transformer
from index.train.graph import WEIGHTS, write_graph
from index.train.tokens import END, PAD, START, UNKNOWN

MAX_TOKENS = 256
"""Tokens of a text that the model reads; what comes after them is left out."""
MODULE = "sentence_transformers.models."


def export(model: Transformer, tokenizer: Tokenizer, folder: Path) -> None:
    """Write a student and its tokenizer to a folder; what was there under those names goes."""
    folder.mkdir(parents=True, exist_ok=True)
    weights = {
        name: value.detach().cpu().half().contiguous()
        for name, value in model.bert.state_dict().items()
        if value.is_floating_point()
    }
    _save(weights, folder)
    tokenizer.save(str(folder / "tokenizer.json"))
    config = model.bert.config.to_dict()
    config |= {"architectures": ["BertModel"], "dtype": "float32", "_name_or_path": ""}
    size = int(config["hidden_size"])
    _write(folder / "config.json", config)
    _write(folder / "tokenizer_config.json", _describe_tokenizer())
    _write(folder / "sentence_bert_config.json", {"max_seq_length": MAX_TOKENS})
    pooling = {"word_embedding_dimension": size, "pooling_mode_mean_tokens": True}
    _write(folder / "1_Pooling" / "config.json", pooling)
    _write_modules(
        folder, ("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize")
    )
    write_graph(folder)


def _save(weights: dict[str, torch.Tensor], folder: Path) -> None:
    path = folder / WEIGHTS
    save_file(weights, path, metadata={"format": "pt"})
    path.chmod(0o644)  # the library lets nobody but the owner read it


def _write_modules(folder: Path, *modules: tuple[str, str]) -> None:
    listed = [
        {"idx": place, "name": str(place), "path": path, "type": MODULE + kind}
        for place, (path, kind) in enumerate(modules)
    ]
    _write(folder / "modules.json", listed)
    settings = {"prompts": {"query": "", "document": ""}, "similarity_fn_name": "cosine"}
    _write(folder / "config_sentence_transformers.json", settings)


def _describe_tokenizer() -> dict[str, Any]:
    ends = {"cls_token": START, "bos_token": START, "sep_token": END, "eos_token": END}
    others = {"pad_token": PAD, "unk_token": UNKNOWN, "model_max_length": MAX_TOKENS}
    return {"tokenizer_class": "PreTrainedTokenizerFast"} | ends | others


def _write(path: Path, value: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, indent=1, sort_keys=True) + "\n", encoding="utf-8")
