"""What files say beside the model: documentation, identifiers, meanings, papers."""

from __future__ import annotations

from iondsl.importers.cellml.metadata import citations, documentation
from iondsl.importers.foreign import POTENTIAL
from iondsl.importers.xml import read_xml
from iondsl.source import Source
from tests.importers.cellml.building import by_path, component, model, read_text

DOCUMENTATION = """<documentation xmlns="http://cellml.org/tmp-documentation"><article>
<articleinfo><title>A small model, 1999</title><author><surname>Nobody</surname></author></articleinfo>
<section><title>Status</title><para> Runs <emphasis>well</emphasis>,
 they say.</para><para/></section></article></documentation>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:bqs="http://www.cellml.org/bqs/1.0#"
 xmlns:bqbiol="http://biomodels.net/biology-qualifiers/" xmlns:bqmodel="http://biomodels.net/model-qualifiers/">
<rdf:Description rdf:about="#v"><bqbiol:is
 rdf:resource="https://chaste.comlab.ox.ac.uk/cellml/ns/oxford-metadata#membrane_voltage"/></rdf:Description>
<rdf:Description rdf:about="#k"><bqbiol:is
 rdf:resource="https://chaste.comlab.ox.ac.uk/cellml/ns/oxford-metadata#membrane_capacitance"/></rdf:Description>
<rdf:Description rdf:about=""><bqs:reference><bqs:Pubmed_id>874889</bqs:Pubmed_id></bqs:reference>
<bqmodel:isDescribedBy rdf:resource="http://identifiers.org/doi/10.1113/jphysiol.1977.sp011853"/>
<bqmodel:isDescribedBy rdf:resource="urn:miriam:pubmed:874889"/></rdf:Description></rdf:RDF>"""
MODEL = model(
    DOCUMENTATION + component("V mV -80\nC ms 1").replace('name="V"', 'name="V" cmeta:id="v"').replace(
        'name="C"', 'name="C" cmeta:id="k"') + RDF, "1.0"
)


def test_documentation_and_papers() -> None:
    found = read_text(MODEL)
    assert (found.name, found.doc) == ("small", "A small model, 1999.\n\nRuns well, they say.")
    assert found.citations == ("pubmed:874889", "doi:10.1113/jphysiol.1977.sp011853")


def test_identifiers_and_meanings() -> None:
    found = by_path(read_text(MODEL))
    assert [(each.identifier, each.label) for each in found.values()] == [
        ("v", POTENTIAL), ("k", "membrane_capacitance")
    ]


def test_identifiers_of_cellml_2() -> None:
    found = by_path(read_text(model(component("x ms 1").replace('name="x"', 'name="x" id="own"'))))
    assert [each.identifier for each in found.values()] == ["own"]


def test_documentation_of_components_and_variables() -> None:
    text = model(component("x ms 1").replace("/></comp", f">{DOCUMENTATION}</variable>{DOCUMENTATION}</comp"), "1.0")
    found = read_text(text)
    assert found.components[0].doc == found.variables[0].doc == "A small model, 1999.\n\nRuns well, they say."


def test_the_title_of_a_section_is_none_of_the_model() -> None:
    section = "<section><title>Model Status</title><para>It runs. PubMed ID: 123456.</para></section>"
    root = read_xml(Source("a", f"<model><documentation><article>{section}</article></documentation></model>"))
    assert documentation(root) == "It runs. PubMed ID: 123456."
    assert citations(root) == ("pubmed:123456",)
