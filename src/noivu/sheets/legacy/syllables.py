"""Whether a word can be a Vietnamese syllable: the evidence by which an old code table is recognised."""

import unicodedata
from functools import lru_cache

_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_SHARP, _HEAVY = "\u0301", "\u0323"
_ONSETS_LISTED = " b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"  # the first one is empty
_RHYMES_LISTED = """
    a ac ach ai am an ang anh ao ap at au ay ă ăc ăm ăn ăng ăp ăt â âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong
    op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uên uênh uêt ui um un ung uơ uôc
    uôi uôm uôn uông uôt up ut uy uya uych uyên uyêt uyn uynh uyp uyt uyu uâ uơn
    ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu
    """
_ONSETS = frozenset(_ONSETS_LISTED.split(" "))
_RHYMES = frozenset(_RHYMES_LISTED.split())
_LONGEST_ONSET = 3
_STOPPED = ("c", "ch", "p", "t")


@lru_cache(maxsize=65536)
def is_syllable(word: str) -> bool:
    """True when the word has the build of a Vietnamese syllable: onset, rhyme, at most one tone, and one that fits."""
    letters: list[str] = []
    tones: list[str] = []
    for mark in unicodedata.normalize("NFD", word.lower().replace("đ", "\ue000")):
        (tones if mark in _TONES else letters).append(mark)
    plain = unicodedata.normalize("NFC", "".join(letters)).replace("\ue000", "đ")
    if len(tones) > 1:
        return False
    for length in range(min(_LONGEST_ONSET, len(plain)), -1, -1):
        onset, rhyme = plain[:length], plain[length:]
        if onset in _ONSETS and (rhyme in _RHYMES or (onset in ("gi", "qu") and rhyme in _AFTER_GLIDE)):
            return not rhyme.endswith(_STOPPED) or not tones or tones[0] in (_SHARP, _HEAVY)
    return False


_AFTER_GLIDE = frozenset(["", "êt", "êng", "ên", "êm", "a", "ă", "â", "ơ", "e", "ê", "y"])
