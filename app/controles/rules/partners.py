"""How a partner organisation is named in the question which services take part (BEV-08): kind of partner to choice."""

from app.gemeenten.status import Partnersoort

BEV_KEUZE: dict[str, str] = {
    Partnersoort.POLITIE.value: "politie/AVIM",
    Partnersoort.ARBEIDSINSPECTIE.value: "Arbeidsinspectie",
    Partnersoort.BELASTINGDIENST.value: "Belastingdienst",
    Partnersoort.DOUANE.value: "Douane",
    Partnersoort.NVWA.value: "NVWA",
    Partnersoort.UWV.value: "UWV",
    Partnersoort.OMGEVINGSDIENST.value: "omgevingsdienst",
    Partnersoort.BRANDWEER.value: "brandweer",
    Partnersoort.ENERGIEBEDRIJF.value: "netbeheerder",
    Partnersoort.ZORGCOORDINATOR.value: "zorgcoördinatie standby",
}
